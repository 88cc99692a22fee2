// Generated from the types of the package `protocol`. Changes belong there.

import type { RateLimitSnapshot } from "./RateLimitSnapshot";

/** `account/rateLimits/updated`: a response of the provider told of its limits. */
export type AccountRateLimitsUpdatedNotification = {
  /** A null member is not known this time; it does not clear what was known before. */
  "rateLimits": RateLimitSnapshot;
};
