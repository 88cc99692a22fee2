// Generated from the types of the package `protocol`. Changes belong there.

/** What was found. */
export type FuzzyFileSearchMatchType = "file" | "directory";
