// Generated from the types of the package `protocol`. Changes belong there.

import type { ScheduledTaskWeekday } from "./ScheduledTaskWeekday";

/** When a task runs. */
export type ScheduledTaskSchedule =
  | { "type": "hourly", "intervalHours": number, "days": Array<ScheduledTaskWeekday> | null }
  | { "type": "daily", "time": string }
  | { "type": "weekdays", "time": string }
  | { "type": "weekly", "days": Array<ScheduledTaskWeekday>, "time": string };
