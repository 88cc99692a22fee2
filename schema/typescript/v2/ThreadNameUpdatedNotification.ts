// Generated from the types of the package `protocol`. Changes belong there.

/** `thread/name/updated`. */
export type ThreadNameUpdatedNotification = {
  "threadId": string;
  /** Left out when the name was cleared. */
  "threadName"?: string;
};
