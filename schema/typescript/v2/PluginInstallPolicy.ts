// Generated from the types of the package `protocol`. Changes belong there.

/** Whether users may install it. */
export type PluginInstallPolicy = "NOT_AVAILABLE" | "AVAILABLE" | "INSTALLED_BY_DEFAULT";
