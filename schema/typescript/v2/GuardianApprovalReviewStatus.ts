// Generated from the types of the package `protocol`. Changes belong there.

/** How far the review is. */
export type GuardianApprovalReviewStatus = "inProgress" | "approved" | "denied" | "timedOut" | "aborted";
