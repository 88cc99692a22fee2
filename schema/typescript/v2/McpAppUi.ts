// Generated from the types of the package `protocol`. Changes belong there.

import type { McpAppDisplayMode } from "./McpAppDisplayMode";

/** The interface that an MCP tool brings along. */
export type McpAppUi = {
  "resourceUri": string;
  "preferredModelDisplayMode": McpAppDisplayMode;
};
