// Generated from the types of the package `protocol`. Changes belong there.

import type { ThreadGoal } from "./ThreadGoal";

/** The goal as it is now. */
export type ThreadGoalSetResponse = {
  "goal": ThreadGoal;
};
