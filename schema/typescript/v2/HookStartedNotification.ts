// Generated from the types of the package `protocol`. Changes belong there.

import type { HookRunSummary } from "./HookRunSummary";

/** `hook/started`. */
export type HookStartedNotification = {
  "threadId": string;
  "turnId": string | null;
  "run": HookRunSummary;
};
