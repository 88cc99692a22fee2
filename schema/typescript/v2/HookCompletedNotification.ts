// Generated from the types of the package `protocol`. Changes belong there.

import type { HookRunSummary } from "./HookRunSummary";

/** `hook/completed`. */
export type HookCompletedNotification = {
  "threadId": string;
  "turnId": string | null;
  "run": HookRunSummary;
};
