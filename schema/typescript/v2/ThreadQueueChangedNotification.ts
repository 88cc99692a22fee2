// Generated from the types of the package `protocol`. Changes belong there.

/** `thread/queue/changed`: ask again. */
export type ThreadQueueChangedNotification = {
  "threadId": string;
};
