// Generated from the types of the package `protocol`. Changes belong there.

import type { JsonValue } from "./serde_json/JsonValue";

/** What an MCP server returns for one URI, as the MCP protocol has it. */
export type ResourceContent =
  | { "uri": string, "mimeType"?: string, "text": string, "_meta"?: JsonValue }
  | {
  "uri": string;
  "mimeType"?: string;
  /** Base64. */
  "blob": string;
  "_meta"?: JsonValue;
};
