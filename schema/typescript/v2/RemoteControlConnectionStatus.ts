// Generated from the types of the package `protocol`. Changes belong there.

/** Whether the way is open. */
export type RemoteControlConnectionStatus = "disabled" | "connecting" | "connected" | "errored";
