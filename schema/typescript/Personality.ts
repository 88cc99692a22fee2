// Generated from the types of the package `protocol`. Changes belong there.

/** The tone of answers. */
export type Personality = "none" | "friendly" | "pragmatic";
