// Generated from the types of the package `protocol`. Changes belong there.

/** A path in the notation of the environment that it belongs to. */
export type LegacyAppPathString = string;
