// Generated from the types of the package `protocol`. Changes belong there.

import type { CodexResponseHandoffMode } from "../CodexResponseHandoffMode";
import type { RealtimeConversationVersion } from "../RealtimeConversationVersion";
import type { RealtimeOutputModality } from "../RealtimeOutputModality";
import type { RealtimeVoice } from "../RealtimeVoice";
import type { ThreadRealtimeInitialItem } from "./ThreadRealtimeInitialItem";
import type { ThreadRealtimeStartTransport } from "./ThreadRealtimeStartTransport";

/** `thread/realtime/start`. */
export type ThreadRealtimeStartParams = {
  "threadId": string;
  /** True: the client decides when the agent is asked. */
  "clientManagedHandoffs"?: boolean | null;
  "delegationAckFiller"?: boolean | null;
  "flushTranscriptTailOnSessionEnd"?: boolean | null;
  /** True: the agent's answers become items of the conversation. */
  "codexResponsesAsItems"?: boolean | null;
  "codexResponseItemPrefix"?: string | null;
  "codexResponseHandoffMode"?: CodexResponseHandoffMode | null;
  "backendReasoningStatus"?: boolean;
  "codexResponseHandoffChannelPrefixes"?: { [key in string]?: Array<string> } | null;
  "model"?: string | null;
  "outputModality": RealtimeOutputModality;
  /** False: the voice is not told of the thread so far. */
  "includeStartupContext"?: boolean | null;
  "initialItems"?: Array<ThreadRealtimeInitialItem> | null;
  "realtimeStartInstructions"?: string | null;
  "realtimeEndInstructions"?: string | null;
  /** Absent: the built-in one. Null: none. */
  "prompt"?: string | null;
  "realtimeSessionId"?: string | null;
  "voiceSessionId"?: string | null;
  "transport"?: ThreadRealtimeStartTransport | null;
  "version"?: RealtimeConversationVersion | null;
  "voice"?: RealtimeVoice | null;
};
