// Generated from the types of the package `protocol`. Changes belong there.

/** Whether a unix socket may be used. */
export type NetworkUnixSocketPermission = "allow" | "deny" | "none";
