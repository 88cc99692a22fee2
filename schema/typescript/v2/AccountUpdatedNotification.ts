// Generated from the types of the package `protocol`. Changes belong there.

import type { AuthMode } from "../AuthMode";
import type { PlanType } from "../PlanType";

/** `account/updated`: somebody signed in or out. */
export type AccountUpdatedNotification = {
  /** Null: signed out. */
  "authMode": AuthMode | null;
  "planType": PlanType | null;
};
