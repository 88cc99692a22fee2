// Generated from the types of the package `protocol`. Changes belong there.

/** Whether the agent plans with the user or works; older names of working are taken as well. */
export type ModeKind = "plan" | "default";
