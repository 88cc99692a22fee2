// Generated from the types of the package `protocol`. Changes belong there.

import type { McpServerElicitationAction } from "./McpServerElicitationAction";
import type { JsonValue } from "../serde_json/JsonValue";

/** The user's answer. */
export type McpServerElicitationRequestResponse = {
  "action": McpServerElicitationAction;
  /** What was filled in; null unless accepted. */
  "content"?: JsonValue;
  /** Opaque, for the MCP server. */
  "_meta"?: JsonValue;
};
