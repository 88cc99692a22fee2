// Generated from the types of the package `protocol`. Changes belong there.

import type { McpServerOauthClientRegistration } from "./McpServerOauthClientRegistration";

/** `mcpServer/oauth/login`. */
export type McpServerOauthLoginParams = {
  "name": string;
  "threadId"?: string | null;
  "clientRegistration"?: McpServerOauthClientRegistration | null;
  "scopes"?: Array<string> | null;
  "timeoutSecs"?: number | null;
};
