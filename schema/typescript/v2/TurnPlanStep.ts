// Generated from the types of the package `protocol`. Changes belong there.

import type { TurnPlanStepStatus } from "./TurnPlanStepStatus";

/** A step of the plan. */
export type TurnPlanStep = {
  "step": string;
  "status": TurnPlanStepStatus;
};
