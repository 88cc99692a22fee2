// Generated from the types of the package `protocol`. Changes belong there.

import type { CreditsSnapshot } from "./CreditsSnapshot";
import type { PlanType } from "../PlanType";
import type { RateLimitReachedType } from "./RateLimitReachedType";
import type { RateLimitWindow } from "./RateLimitWindow";
import type { SpendControlLimitSnapshot } from "./SpendControlLimitSnapshot";

/** One limit as last reported. */
export type RateLimitSnapshot = {
  /** Null: the limit of the plan itself. */
  "limitId": string | null;
  "limitName": string | null;
  "normalModelSlug": string | null;
  /** The shorter window. */
  "primary": RateLimitWindow | null;
  /** The longer window. */
  "secondary": RateLimitWindow | null;
  "credits": CreditsSnapshot | null;
  "individualLimit": SpendControlLimitSnapshot | null;
  "spendControlReached": boolean | null;
  "planType": PlanType | null;
  "rateLimitReachedType": RateLimitReachedType | null;
};
