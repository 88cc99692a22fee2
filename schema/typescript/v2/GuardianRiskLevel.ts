// Generated from the types of the package `protocol`. Changes belong there.

/** How much could go wrong. */
export type GuardianRiskLevel = "low" | "medium" | "high" | "critical";
