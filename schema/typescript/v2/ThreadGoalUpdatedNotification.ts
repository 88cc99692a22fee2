// Generated from the types of the package `protocol`. Changes belong there.

import type { ThreadGoal } from "./ThreadGoal";

/** `thread/goal/updated`. */
export type ThreadGoalUpdatedNotification = {
  "threadId": string;
  /** The turn that changed it; null when a client did. */
  "turnId": string | null;
  "goal": ThreadGoal;
};
