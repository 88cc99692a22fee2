// Generated from the types of the package `protocol`. Changes belong there.

/** Kinds of marketplaces. */
export type PluginListMarketplaceKind = "local" | "vertical" | "workspace-directory" | "shared-with-me" | "created-by-me-remote";
