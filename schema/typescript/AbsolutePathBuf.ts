// Generated from the types of the package `protocol`. Changes belong there.

/** An absolute path. */
export type AbsolutePathBuf = string;
