// Generated from the types of the package `protocol`. Changes belong there.

/** How long an approval of an origin holds. */
export type BrowserUseAccessApprovalLifetime = "turn" | "thread";
