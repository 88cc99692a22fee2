// Generated from the types of the package `protocol`. Changes belong there.

import type { JsonValue } from "../serde_json/JsonValue";

/** What the tool returned, as MCP has it. */
export type McpServerToolCallResponse = {
  "content": Array<JsonValue>;
  "structuredContent"?: JsonValue;
  "isError"?: boolean;
  "_meta"?: JsonValue;
};
