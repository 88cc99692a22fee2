// Generated from the types of the package `protocol`. Changes belong there.

/** `mcpServer/oauthLogin/completed`. */
export type McpServerOauthLoginCompletedNotification = {
  "name": string;
  "threadId": string | null;
  "loginId"?: string;
  "success": boolean;
  "error"?: string;
};
