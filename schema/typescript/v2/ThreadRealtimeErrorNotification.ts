// Generated from the types of the package `protocol`. Changes belong there.

/** `thread/realtime/error`. */
export type ThreadRealtimeErrorNotification = {
  "threadId": string;
  "message": string;
};
