// Generated from the types of the package `protocol`. Changes belong there.

/** Whether it can be installed. */
export type PluginAvailability = "AVAILABLE" | "DISABLED_BY_ADMIN";
