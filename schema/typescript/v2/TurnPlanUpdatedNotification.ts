// Generated from the types of the package `protocol`. Changes belong there.

import type { TurnPlanStep } from "./TurnPlanStep";

/** `turn/plan/updated`: the agent's list of steps, in full. */
export type TurnPlanUpdatedNotification = {
  "threadId": string;
  "turnId": string;
  "explanation": string | null;
  "plan": Array<TurnPlanStep>;
};
