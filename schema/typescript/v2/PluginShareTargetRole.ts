// Generated from the types of the package `protocol`. Changes belong there.

/** What somebody shall be able to do with it. */
export type PluginShareTargetRole = "reader" | "editor";
