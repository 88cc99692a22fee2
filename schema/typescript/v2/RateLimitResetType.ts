// Generated from the types of the package `protocol`. Changes belong there.

/** What a reset credit resets. */
export type RateLimitResetType = "codexRateLimits" | "unknown";
