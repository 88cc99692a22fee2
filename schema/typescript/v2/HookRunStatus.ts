// Generated from the types of the package `protocol`. Changes belong there.

/** How far a run is, or how it ended. */
export type HookRunStatus = "running" | "completed" | "failed" | "blocked" | "stopped";
