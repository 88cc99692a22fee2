// Generated from the types of the package `protocol`. Changes belong there.

import type { RateLimitResetCreditStatus } from "./RateLimitResetCreditStatus";
import type { RateLimitResetType } from "./RateLimitResetType";

/** A right to have a limit reset early. */
export type RateLimitResetCredit = {
  "id": string;
  "resetType": RateLimitResetType;
  "status": RateLimitResetCreditStatus;
  /** Unix seconds. */
  "grantedAt": number;
  /** Unix seconds. */
  "expiresAt": number | null;
  "title": string | null;
  "description": string | null;
};
