// Generated from the types of the package `protocol`. Changes belong there.

import type { QueuedSubmission } from "./QueuedSubmission";

/** What waits now. */
export type ThreadQueueUpdateResponse = {
  "queuedSubmission": QueuedSubmission;
};
