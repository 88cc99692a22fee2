// Generated from the types of the package `protocol`. Changes belong there.

/** What a list is sorted by. */
export type ThreadSortKey = "created_at" | "updated_at" | "recency_at" | "section_position";
