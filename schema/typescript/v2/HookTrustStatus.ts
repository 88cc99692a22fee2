// Generated from the types of the package `protocol`. Changes belong there.

/** Whether it may run; a changed one must be trusted anew. */
export type HookTrustStatus = "managed" | "untrusted" | "trusted" | "modified";
