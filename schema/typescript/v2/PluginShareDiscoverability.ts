// Generated from the types of the package `protocol`. Changes belong there.

/** Who can find it. */
export type PluginShareDiscoverability = "LISTED" | "UNLISTED" | "PRIVATE";
