// Generated from the types of the package `protocol`. Changes belong there.

/** Whether the turn waits. */
export type HookExecutionMode = "sync" | "async";
