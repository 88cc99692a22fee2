// Generated from the types of the package `protocol`. Changes belong there.

/** What a server is doing. */
export type McpServerConnectionStatus =
  | "notStarted"
  | "starting"
  | "connected"
  | "authenticationRequired"
  | "failed"
  | "cancelled"
  | "disabled";
