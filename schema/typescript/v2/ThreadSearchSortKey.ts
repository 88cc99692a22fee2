// Generated from the types of the package `protocol`. Changes belong there.

/** What results are sorted by. */
export type ThreadSearchSortKey = "created_at" | "updated_at" | "recency_at";
