// Generated from the types of the package `protocol`. Changes belong there.

import type { ConversationSummary } from "./ConversationSummary";

/** The summary. */
export type GetConversationSummaryResponse = {
  "summary": ConversationSummary;
};
