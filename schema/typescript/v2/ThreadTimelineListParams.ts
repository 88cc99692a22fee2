// Generated from the types of the package `protocol`. Changes belong there.

/** `thread/timeline/list`: all that happened, in one order. */
export type ThreadTimelineListParams = {
  "threadId": string;
  "cursor"?: string | null;
  "limit"?: number | null;
};
