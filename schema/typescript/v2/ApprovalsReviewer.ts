// Generated from the types of the package `protocol`. Changes belong there.

/** Who decides on approvals: a person, or the reviewer, which has two names. */
export type ApprovalsReviewer = "user" | "auto_review" | "guardian_subagent";
