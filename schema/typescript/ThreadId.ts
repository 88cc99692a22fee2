// Generated from the types of the package `protocol`. Changes belong there.

/** A UUID, lower case and with dashes. */
export type ThreadId = string;
