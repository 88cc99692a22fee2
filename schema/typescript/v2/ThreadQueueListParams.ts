// Generated from the types of the package `protocol`. Changes belong there.

/** `thread/queue/list`. */
export type ThreadQueueListParams = {
  "threadId": string;
  "cursor"?: string | null;
  "limit"?: number | null;
};
