// Generated from the types of the package `protocol`. Changes belong there.

/** When the apps of a plugin ask for a login. */
export type PluginAuthPolicy = "ON_INSTALL" | "ON_USE";
