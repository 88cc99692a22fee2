// Generated from the types of the package `protocol`. Changes belong there.

/** `thread/realtime/stop`. */
export type ThreadRealtimeStopParams = {
  "threadId": string;
};
