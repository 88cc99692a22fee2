// Generated from the types of the package `protocol`. Changes belong there.

import type { JsonValue } from "./serde_json/JsonValue";

/** A tool, as MCP has it. */
export type Tool = {
  "name": string;
  "title"?: string;
  "description"?: string;
  "inputSchema": JsonValue;
  "outputSchema"?: JsonValue;
  "annotations"?: JsonValue;
  "icons"?: Array<JsonValue>;
  "_meta"?: JsonValue;
};
