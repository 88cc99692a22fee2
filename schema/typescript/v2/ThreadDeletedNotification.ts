// Generated from the types of the package `protocol`. Changes belong there.

/** `thread/deleted`. */
export type ThreadDeletedNotification = {
  "threadId": string;
};
