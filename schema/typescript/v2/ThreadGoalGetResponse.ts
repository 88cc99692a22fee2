// Generated from the types of the package `protocol`. Changes belong there.

import type { ThreadGoal } from "./ThreadGoal";

/** Null when there is none. */
export type ThreadGoalGetResponse = {
  "goal": ThreadGoal | null;
};
