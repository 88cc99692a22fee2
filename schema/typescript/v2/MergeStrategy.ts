// Generated from the types of the package `protocol`. Changes belong there.

/** `replace` puts the value in place of the old one, `upsert` merges tables into it. */
export type MergeStrategy = "replace" | "upsert";
