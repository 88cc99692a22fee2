// Generated from the types of the package `protocol`. Changes belong there.

/** `thread/realtime/transcript/delta`: more of what is being said. */
export type ThreadRealtimeTranscriptDeltaNotification = {
  "threadId": string;
  "role": string;
  "delta": string;
};
