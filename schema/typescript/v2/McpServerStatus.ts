// Generated from the types of the package `protocol`. Changes belong there.

import type { McpAuthStatus } from "./McpAuthStatus";
import type { McpServerConnectionStatus } from "./McpServerConnectionStatus";
import type { McpServerInfo } from "../McpServerInfo";
import type { Resource } from "../Resource";
import type { ResourceTemplate } from "../ResourceTemplate";
import type { Tool } from "../Tool";
import type { JsonValue } from "../serde_json/JsonValue";

/** A server and what it offers. */
export type McpServerStatus = {
  "name": string;
  "runtimeStatus": McpServerConnectionStatus | null;
  "pluginId": string | null;
  "httpOrigin": string | null;
  "serverInfo": McpServerInfo | null;
  "serverCapabilities": JsonValue;
  "toolListMeta": JsonValue;
  /** By name. */
  "tools": { [key in string]?: Tool };
  "toolsError": string | null;
  "resources": Array<Resource>;
  "resourceTemplates": Array<ResourceTemplate>;
  "authStatus": McpAuthStatus;
};
