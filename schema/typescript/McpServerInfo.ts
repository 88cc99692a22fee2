// Generated from the types of the package `protocol`. Changes belong there.

import type { JsonValue } from "./serde_json/JsonValue";

/** What a server says of itself. */
export type McpServerInfo = {
  "name": string;
  "title": string | null;
  "version": string;
  "description": string | null;
  "icons": Array<JsonValue> | null;
  "websiteUrl": string | null;
};
