// Generated from the types of the package `protocol`. Changes belong there.

/** How far it is, or what stands in the way. */
export type ThreadGoalStatus = "active" | "paused" | "blocked" | "usageLimited" | "budgetLimited" | "complete";
