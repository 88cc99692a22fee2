// Generated from the types of the package `protocol`. Changes belong there.

/** A path as an address. */
export type PathUri = string;
