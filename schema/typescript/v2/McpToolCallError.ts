// Generated from the types of the package `protocol`. Changes belong there.

/** Why the call failed. */
export type McpToolCallError = {
  "message": string;
};
