// Generated from the types of the package `protocol`. Changes belong there.

import type { ConversationTextRole } from "../ConversationTextRole";

/** What was said before. */
export type ThreadRealtimeInitialItem = {
  "role": ConversationTextRole;
  "text": string;
};
