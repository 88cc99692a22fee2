// Generated from the types of the package `protocol`. Changes belong there.

/** One directory or several; exact matches. */
export type ThreadListCwdFilter = string | Array<string>;
