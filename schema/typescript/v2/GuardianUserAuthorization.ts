// Generated from the types of the package `protocol`. Changes belong there.

/** How clearly the user has asked for it. */
export type GuardianUserAuthorization = "unknown" | "low" | "medium" | "high";
