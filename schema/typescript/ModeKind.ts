// Generated from the types of the package `protocol`. Changes belong there.

/** Whether the agent plans with the user or works. */
export type ModeKind = "plan" | "default";
