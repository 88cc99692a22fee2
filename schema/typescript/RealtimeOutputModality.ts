// Generated from the types of the package `protocol`. Changes belong there.

/** How the model answers. */
export type RealtimeOutputModality = "text" | "audio";
