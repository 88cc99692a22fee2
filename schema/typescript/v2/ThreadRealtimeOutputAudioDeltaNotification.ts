// Generated from the types of the package `protocol`. Changes belong there.

import type { ThreadRealtimeAudioChunk } from "./ThreadRealtimeAudioChunk";

/** `thread/realtime/outputAudio/delta`: sound of the model. */
export type ThreadRealtimeOutputAudioDeltaNotification = {
  "threadId": string;
  "audio": ThreadRealtimeAudioChunk;
};
