// Generated from the types of the package `protocol`. Changes belong there.

/** Who shall find it. */
export type PluginShareUpdateDiscoverability = "UNLISTED" | "PRIVATE" | "LISTED";
