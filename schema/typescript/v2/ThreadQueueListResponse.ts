// Generated from the types of the package `protocol`. Changes belong there.

import type { QueuedSubmission } from "./QueuedSubmission";

/** A page of what waits, the next one first. */
export type ThreadQueueListResponse = {
  "data": Array<QueuedSubmission>;
  "nextCursor": string | null;
};
