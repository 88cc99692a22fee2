// Generated from the types of the package `protocol`. Changes belong there.

/** The state of a call. */
export type McpToolCallStatus = "inProgress" | "completed" | "failed";
