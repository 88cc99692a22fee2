// Generated from the types of the package `protocol`. Changes belong there.

/** The region that a workspace's traffic is bound to. */
export type AccountRoutingOverride = "NO_CONSTRAINT" | "us" | "us_cr";
