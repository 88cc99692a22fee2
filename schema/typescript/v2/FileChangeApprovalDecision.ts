// Generated from the types of the package `protocol`. Changes belong there.

/** What the user says to a change. `cancel` also ends the turn. */
export type FileChangeApprovalDecision = "accept" | "acceptForSession" | "decline" | "cancel";
