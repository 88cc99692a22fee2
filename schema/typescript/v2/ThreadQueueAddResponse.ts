// Generated from the types of the package `protocol`. Changes belong there.

import type { QueuedSubmission } from "./QueuedSubmission";

/** What was queued. */
export type ThreadQueueAddResponse = {
  "queuedSubmission": QueuedSubmission;
};
