// Generated from the types of the package `protocol`. Changes belong there.

import type { RateLimitResetCredit } from "./RateLimitResetCredit";

/** The rights that are left. */
export type RateLimitResetCreditsSummary = {
  "availableCount": number;
  /** Null when the details were not asked for. */
  "credits": Array<RateLimitResetCredit> | null;
};
