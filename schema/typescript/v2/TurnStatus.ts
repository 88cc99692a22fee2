// Generated from the types of the package `protocol`. Changes belong there.

/** How far a turn is, or how it ended. */
export type TurnStatus = "completed" | "interrupted" | "failed" | "inProgress";
