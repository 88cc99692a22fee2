// Generated from the types of the package `protocol`. Changes belong there.

/** `thread/queue/reorder`: all ids, in their new order. */
export type ThreadQueueReorderParams = {
  "threadId": string;
  "queuedSubmissionIds": Array<string>;
};
