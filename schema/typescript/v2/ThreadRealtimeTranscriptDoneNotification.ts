// Generated from the types of the package `protocol`. Changes belong there.

/** `thread/realtime/transcript/done`: what was said. */
export type ThreadRealtimeTranscriptDoneNotification = {
  "threadId": string;
  "role": string;
  "text": string;
};
