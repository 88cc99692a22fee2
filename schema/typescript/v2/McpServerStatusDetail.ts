// Generated from the types of the package `protocol`. Changes belong there.

/** How much is wanted. */
export type McpServerStatusDetail = "full" | "toolsAndAuthOnly";
