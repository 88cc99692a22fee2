// Generated from the types of the package `protocol`. Changes belong there.

/** `okOverridden`: written, but a stronger layer says otherwise. */
export type WriteStatus = "ok" | "okOverridden";
