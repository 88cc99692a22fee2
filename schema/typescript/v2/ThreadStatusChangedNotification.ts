// Generated from the types of the package `protocol`. Changes belong there.

import type { ThreadStatus } from "./ThreadStatus";

/** `thread/status/changed`. */
export type ThreadStatusChangedNotification = {
  "threadId": string;
  "status": ThreadStatus;
};
