// Generated from the types of the package `protocol`. Changes belong there.

import type { RealtimeConversationVersion } from "../RealtimeConversationVersion";

/** `thread/realtime/started`. */
export type ThreadRealtimeStartedNotification = {
  "threadId": string;
  "realtimeSessionId": string | null;
  "version": RealtimeConversationVersion;
};
