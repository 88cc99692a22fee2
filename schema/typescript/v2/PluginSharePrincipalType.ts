// Generated from the types of the package `protocol`. Changes belong there.

/** What somebody is. */
export type PluginSharePrincipalType = "user" | "group" | "workspace";
