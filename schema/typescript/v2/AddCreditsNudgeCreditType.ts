// Generated from the types of the package `protocol`. Changes belong there.

/** What the workspace has run out of. */
export type AddCreditsNudgeCreditType = "credits" | "usage_limit";
