// Generated from the types of the package `protocol`. Changes belong there.

import type { McpResourceReadTarget } from "./McpResourceReadTarget";
import type { JsonValue } from "../serde_json/JsonValue";

/** `mcpServer/resource/read`. */
export type McpResourceReadParams = {
  "_meta"?: { [key in string]?: JsonValue } | null;
  /** Absent: outside of any thread. */
  "threadId"?: string | null;
  "originCallId"?: string | null;
  "server": string;
  "uri": string;
  "connectorId"?: string | null;
  "target"?: McpResourceReadTarget | null;
};
