// Generated from the types of the package `protocol`. Changes belong there.

/** An MCP server. */
export type McpServerMigration = {
  "name": string;
};
