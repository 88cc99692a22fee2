// Generated from the types of the package `protocol`. Changes belong there.

import type { ThreadRealtimeAudioChunk } from "./ThreadRealtimeAudioChunk";

/** `thread/realtime/appendAudio`. */
export type ThreadRealtimeAppendAudioParams = {
  "threadId": string;
  "audio": ThreadRealtimeAudioChunk;
};
