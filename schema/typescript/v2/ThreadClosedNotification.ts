// Generated from the types of the package `protocol`. Changes belong there.

/** `thread/closed`: no longer in memory. */
export type ThreadClosedNotification = {
  "threadId": string;
};
