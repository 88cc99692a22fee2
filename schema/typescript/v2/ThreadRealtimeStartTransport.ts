// Generated from the types of the package `protocol`. Changes belong there.

/** Which way the sound goes. */
export type ThreadRealtimeStartTransport =
  | { "type": "websocket" }
  | {
    "type": "webrtc";
    /** The client's offer. */
    "sdp": string;
  }
  | { "type": "existingCall", "callId": string };
