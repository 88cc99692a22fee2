// Generated from the types of the package `protocol`. Changes belong there.

import type { McpServerStatusDetail } from "./McpServerStatusDetail";

/** `mcpServerStatus/list`. */
export type ListMcpServerStatusParams = {
  "cursor"?: string | null;
  /** Absent: all. */
  "limit"?: number | null;
  "detail"?: McpServerStatusDetail | null;
  "threadId"?: string | null;
  "serverName"?: string | null;
};
