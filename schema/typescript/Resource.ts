// Generated from the types of the package `protocol`. Changes belong there.

import type { JsonValue } from "./serde_json/JsonValue";

/** A resource, as MCP has it. */
export type Resource = {
  "annotations"?: JsonValue;
  "description"?: string;
  "mimeType"?: string;
  "name": string;
  /** In bytes. */
  "size"?: number;
  "title"?: string;
  "uri": string;
  "icons"?: Array<JsonValue>;
  "_meta"?: JsonValue;
};
