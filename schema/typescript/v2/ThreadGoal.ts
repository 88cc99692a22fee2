// Generated from the types of the package `protocol`. Changes belong there.

import type { ThreadGoalStatus } from "./ThreadGoalStatus";

/** The goal. */
export type ThreadGoal = {
  "threadId": string;
  "objective": string;
  "status": ThreadGoalStatus;
  /** Null: no limit. */
  "tokenBudget": number | null;
  "tokensUsed": number;
  "timeUsedSeconds": number;
  /** Unix seconds. */
  "createdAt": number;
  /** Unix seconds. */
  "updatedAt": number;
};
