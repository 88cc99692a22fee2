// Generated from the types of the package `protocol`. Changes belong there.

import type { ThreadGoalMutationOrigin } from "./ThreadGoalMutationOrigin";
import type { ThreadGoalStatus } from "./ThreadGoalStatus";

/** `thread/goal/set`: a new goal, or a change of the present one. */
export type ThreadGoalSetParams = {
  "threadId": string;
  "origin"?: ThreadGoalMutationOrigin | null;
  "objective"?: string | null;
  "status"?: ThreadGoalStatus | null;
  /** Absent: as before. Null: no limit. */
  "tokenBudget"?: number | null;
};
