// Generated from the types of the package `protocol`. Changes belong there.

/** The order of a list. */
export type SortDirection = "asc" | "desc";
