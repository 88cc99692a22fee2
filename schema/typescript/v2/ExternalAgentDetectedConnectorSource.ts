// Generated from the types of the package `protocol`. Changes belong there.

/** How it was found. */
export type ExternalAgentDetectedConnectorSource = "remoteMcpServersConfig" | "sessionToolUse";
