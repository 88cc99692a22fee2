// Generated from the types of the package `protocol`. Changes belong there.

/** Whether the limit counts all tokens, or those after the prefix that caches keep. */
export type AutoCompactTokenLimitScope = "total" | "body_after_prefix";
