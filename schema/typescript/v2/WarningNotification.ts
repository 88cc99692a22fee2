// Generated from the types of the package `protocol`. Changes belong there.

/** `warning`: the turn goes on, but not quite as it was meant to. */
export type WarningNotification = {
  /** None when it concerns the whole server. */
  "threadId": string | null;
  "message": string;
};
