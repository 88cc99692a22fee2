// Generated from the types of the package `protocol`. Changes belong there.

/** A command's state; a non-zero exit code is `failed`, a refused one `declined`. */
export type CommandExecutionStatus = "inProgress" | "completed" | "failed" | "declined";
