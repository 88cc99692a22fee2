// Generated from the types of the package `protocol`. Changes belong there.

/** `item/mcpToolCall/progress`: a word of the tool while it runs. */
export type McpToolCallProgressNotification = {
  "threadId": string;
  "turnId": string;
  "itemId": string;
  "message": string;
};
