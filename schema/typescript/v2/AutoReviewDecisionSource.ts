// Generated from the types of the package `protocol`. Changes belong there.

/** Who decided. */
export type AutoReviewDecisionSource = "agent";
