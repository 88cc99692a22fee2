// Generated from the types of the package `protocol`. Changes belong there.

/** Whether it can still be used. */
export type RateLimitResetCreditStatus = "available" | "redeeming" | "redeemed" | "unknown";
