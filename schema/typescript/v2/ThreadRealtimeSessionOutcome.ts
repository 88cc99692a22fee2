// Generated from the types of the package `protocol`. Changes belong there.

/** How it ended. */
export type ThreadRealtimeSessionOutcome = "ended" | "failed";
