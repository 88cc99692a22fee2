// Generated from the types of the package `protocol`. Changes belong there.

/** Who wants the change. */
export type ThreadGoalMutationOrigin = "user" | "automatic";
