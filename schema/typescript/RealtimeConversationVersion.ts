// Generated from the types of the package `protocol`. Changes belong there.

/** The version of the provider's interface. */
export type RealtimeConversationVersion = "v1" | "v2" | "v3";
