// Generated from the types of the package `protocol`. Changes belong there.

/** Whether it can be reached. */
export type EnvironmentStatusKind = "ready" | "pending" | "disconnected" | "unknown";
