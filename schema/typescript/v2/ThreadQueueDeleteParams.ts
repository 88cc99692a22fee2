// Generated from the types of the package `protocol`. Changes belong there.

/** `thread/queue/delete`. */
export type ThreadQueueDeleteParams = {
  "threadId": string;
  "queuedSubmissionId": string;
};
