// Generated from the types of the package `protocol`. Changes belong there.

/** Who said so. */
export type PluginInstallPolicySource = "WORKSPACE_SETTING" | "IMPLICIT_CANONICAL_APP";
