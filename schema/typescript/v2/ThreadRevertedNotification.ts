// Generated from the types of the package `protocol`. Changes belong there.

/** `thread/reverted`: turns were taken back. */
export type ThreadRevertedNotification = {
  "threadId": string;
};
