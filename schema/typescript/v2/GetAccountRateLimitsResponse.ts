// Generated from the types of the package `protocol`. Changes belong there.

import type { RateLimitResetCreditsSummary } from "./RateLimitResetCreditsSummary";
import type { RateLimitSnapshot } from "./RateLimitSnapshot";
import type { JsonValue } from "../serde_json/JsonValue";

/** The limits of the account. */
export type GetAccountRateLimitsResponse = {
  "ordinaryUsageAllowed": boolean | null;
  /** The limit that matters most, for clients that show one. */
  "rateLimits": RateLimitSnapshot;
  /** All of them. */
  "rateLimitsByLimitId": { [key in string]?: RateLimitSnapshot } | null;
  "rateLimitResetCredits": RateLimitResetCreditsSummary | null;
  "accountId": string | null;
  /** Opaque, for the client's interface. */
  "rateLimitUpsell": JsonValue;
};
