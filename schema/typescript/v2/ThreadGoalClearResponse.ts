// Generated from the types of the package `protocol`. Changes belong there.

/** False when there was none. */
export type ThreadGoalClearResponse = {
  "cleared": boolean;
};
