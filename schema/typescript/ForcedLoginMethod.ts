// Generated from the types of the package `protocol`. Changes belong there.

/** The only way of logging in that is allowed. */
export type ForcedLoginMethod = "chatgpt" | "api";
