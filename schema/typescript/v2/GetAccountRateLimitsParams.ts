// Generated from the types of the package `protocol`. Changes belong there.

/** `account/rateLimits/read`. May be left out altogether. */
export type GetAccountRateLimitsParams = {
  "supportsLunaReserve"?: boolean;
  /** True: only their number is wanted. */
  "excludeResetCreditDetails"?: boolean;
};
