// Generated from the types of the package `protocol`. Changes belong there.

/** What an active thread waits for. */
export type ThreadActiveFlag = "waitingOnApproval" | "waitingOnUserInput";
