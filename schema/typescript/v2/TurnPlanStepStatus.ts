// Generated from the types of the package `protocol`. Changes belong there.

/** How far a step is. */
export type TurnPlanStepStatus = "pending" | "inProgress" | "completed";
