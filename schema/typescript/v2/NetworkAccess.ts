// Generated from the types of the package `protocol`. Changes belong there.

/** Whether processes in a sandbox of somebody else's reach the network. */
export type NetworkAccess = "restricted" | "enabled";
