// Generated from the types of the package `protocol`. Changes belong there.

/** How far it is. */
export type LocalShellStatus = "completed" | "in_progress" | "incomplete";
