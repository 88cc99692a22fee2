// Generated from the types of the package `protocol`. Changes belong there.

/** Where the model may search: not at all, in a cache, in an index, on the live web. */
export type WebSearchMode = "disabled" | "cached" | "indexed" | "live";
