// Generated from the types of the package `protocol`. Changes belong there.

import type { ConversationTextRole } from "../ConversationTextRole";

/** `thread/realtime/appendText`. */
export type ThreadRealtimeAppendTextParams = {
  "threadId": string;
  "text": string;
  "role"?: ConversationTextRole;
};
