// Generated from the types of the package `protocol`. Changes belong there.

/** Who spoke. */
export type ThreadRealtimeTranscriptRole = "user" | "assistant";
