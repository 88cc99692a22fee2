// Generated from the types of the package `protocol`. Changes belong there.

/** `item/plan/delta`: more of the plan. */
export type PlanDeltaNotification = {
  "threadId": string;
  "turnId": string;
  "itemId": string;
  "delta": string;
};
