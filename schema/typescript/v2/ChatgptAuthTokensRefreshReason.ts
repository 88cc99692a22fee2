// Generated from the types of the package `protocol`. Changes belong there.

/** Why new tokens are needed. */
export type ChatgptAuthTokensRefreshReason = "unauthorized";
