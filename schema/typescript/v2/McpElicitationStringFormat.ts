// Generated from the types of the package `protocol`. Changes belong there.

/** What kind of text is wanted. */
export type McpElicitationStringFormat = "email" | "uri" | "date" | "date-time";
