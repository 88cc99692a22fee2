// Generated from the types of the package `protocol`. Changes belong there.

/** What a line is meant to do. */
export type HookOutputEntryKind = "warning" | "stop" | "feedback" | "context" | "error";
