// Generated from the types of the package `protocol`. Changes belong there.

/** What somebody may do with it. */
export type PluginSharePrincipalRole = "reader" | "editor" | "owner";
