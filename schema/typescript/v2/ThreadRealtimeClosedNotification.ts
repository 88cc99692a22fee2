// Generated from the types of the package `protocol`. Changes belong there.

/** `thread/realtime/closed`. */
export type ThreadRealtimeClosedNotification = {
  "threadId": string;
  "reason": string | null;
};
