// Generated from the types of the package `protocol`. Changes belong there.

import type { ThreadId } from "./ThreadId";

/** `getConversationSummary`: by id, or by the path of the rollout; one of the two. */
export type GetConversationSummaryParams = {
  "conversationId"?: ThreadId | null;
  "rolloutPath"?: string | null;
};
