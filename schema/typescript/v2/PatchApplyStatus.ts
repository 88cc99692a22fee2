// Generated from the types of the package `protocol`. Changes belong there.

/** The state of a change. */
export type PatchApplyStatus = "inProgress" | "completed" | "failed" | "declined";
