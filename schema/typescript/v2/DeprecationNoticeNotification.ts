// Generated from the types of the package `protocol`. Changes belong there.

/** `deprecationNotice`: the client uses something that is going away. */
export type DeprecationNoticeNotification = {
  "summary": string;
  "details": string | null;
};
