// Generated from the types of the package `protocol`. Changes belong there.

/** The `type` of such a schema. */
export type McpElicitationNumberType = "number" | "integer";
