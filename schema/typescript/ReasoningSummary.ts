// Generated from the types of the package `protocol`. Changes belong there.

/** How much of the thoughts is told. */
export type ReasoningSummary = "auto" | "concise" | "detailed" | "none";
