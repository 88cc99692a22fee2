// Generated from the types of the package `protocol`. Changes belong there.

/** What a model takes. */
export type InputModality = "text" | "image" | "audio";
