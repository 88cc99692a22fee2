// Generated from the types of the package `protocol`. Changes belong there.

/** Why it failed, where the client can help. */
export type McpServerStartupFailureReason = "reauthenticationRequired";
