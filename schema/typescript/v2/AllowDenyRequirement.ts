// Generated from the types of the package `protocol`. Changes belong there.

/** A rule with two answers. */
export type AllowDenyRequirement = "allow" | "deny";
