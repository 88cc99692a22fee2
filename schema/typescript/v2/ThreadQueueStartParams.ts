// Generated from the types of the package `protocol`. Changes belong there.

/** `thread/queue/start`: begins now with one of them; absent: the next. */
export type ThreadQueueStartParams = {
  "threadId": string;
  "queuedSubmissionId"?: string | null;
};
