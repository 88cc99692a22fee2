// Generated from the types of the package `protocol`. Changes belong there.

/** Whether a domain may be reached. */
export type NetworkDomainPermission = "allow" | "deny";
