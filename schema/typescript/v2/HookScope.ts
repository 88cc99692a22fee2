// Generated from the types of the package `protocol`. Changes belong there.

/** How long a run concerns: the thread, or one turn. */
export type HookScope = "thread" | "turn";
