// Generated from the types of the package `protocol`. Changes belong there.

/** `thread/realtime/sdp`: the provider's answer to the client's offer. */
export type ThreadRealtimeSdpNotification = {
  "threadId": string;
  "sdp": string;
};
