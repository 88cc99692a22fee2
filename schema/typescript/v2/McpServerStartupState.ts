// Generated from the types of the package `protocol`. Changes belong there.

/** How far a start is. */
export type McpServerStartupState = "starting" | "ready" | "failed" | "cancelled";
