// Generated from the types of the package `protocol`. Changes belong there.

/** The state of the call. */
export type CollabAgentToolCallStatus = "inProgress" | "completed" | "failed" | "interrupted";
