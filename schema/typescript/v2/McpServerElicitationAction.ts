// Generated from the types of the package `protocol`. Changes belong there.

/** What the user did with it. */
export type McpServerElicitationAction = "accept" | "decline" | "cancel";
