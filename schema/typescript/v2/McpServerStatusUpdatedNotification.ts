// Generated from the types of the package `protocol`. Changes belong there.

import type { McpServerStartupFailureReason } from "./McpServerStartupFailureReason";
import type { McpServerStartupState } from "./McpServerStartupState";

/** `mcpServer/startupStatus/updated`. */
export type McpServerStatusUpdatedNotification = {
  "threadId": string | null;
  "name": string;
  "status": McpServerStartupState;
  "error": string | null;
  "failureReason": McpServerStartupFailureReason | null;
};
