// Generated from the types of the package `protocol`. Changes belong there.

/** The state of another agent. */
export type CollabAgentStatus = "pendingInit" | "running" | "interrupted" | "completed" | "errored" | "shutdown" | "notFound";
