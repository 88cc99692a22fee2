// Generated from the types of the package `protocol`. Changes belong there.

/** How much of the pages that are found reaches the model. */
export type WebSearchContextSize = "low" | "medium" | "high";
