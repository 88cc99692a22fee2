// Generated from the types of the package `protocol`. Changes belong there.

import type { ScheduledTaskSchedule } from "./ScheduledTaskSchedule";

/** A task that a plugin suggests. */
export type ScheduledTaskSummary = {
  "key": string;
  "name": string;
  "prompt": string;
  "schedule": ScheduledTaskSchedule;
};
