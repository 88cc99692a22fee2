// Generated from the types of the package `protocol`. Changes belong there.

/** Whether there was such a login. */
export type CancelLoginAccountStatus = "canceled" | "notFound";
