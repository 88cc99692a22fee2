// Generated from the types of the package `protocol`. Changes belong there.

import type { JsonValue } from "./serde_json/JsonValue";

/** A pattern of resources, as MCP has it. */
export type ResourceTemplate = {
  "annotations"?: JsonValue;
  /** After RFC 6570. */
  "uriTemplate": string;
  "name": string;
  "title"?: string;
  "description"?: string;
  "mimeType"?: string;
};
