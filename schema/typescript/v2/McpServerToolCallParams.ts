// Generated from the types of the package `protocol`. Changes belong there.

import type { JsonValue } from "../serde_json/JsonValue";

/** `mcpServer/tool/call`: a call by the client itself. */
export type McpServerToolCallParams = {
  "threadId": string;
  "server": string;
  "tool": string;
  "arguments"?: JsonValue;
  "_meta"?: JsonValue;
};
