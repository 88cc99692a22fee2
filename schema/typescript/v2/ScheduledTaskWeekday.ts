// Generated from the types of the package `protocol`. Changes belong there.

/** A day. */
export type ScheduledTaskWeekday = "MO" | "TU" | "WE" | "TH" | "FR" | "SA" | "SU";
