// Generated from the types of the package `protocol`. Changes belong there.

/** Why another model answers. */
export type ModelRerouteReason = "highRiskCyberActivity";
