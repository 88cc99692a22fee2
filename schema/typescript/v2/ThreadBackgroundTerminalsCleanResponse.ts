// Generated from the types of the package `protocol`. Changes belong there.

/** Empty. */
export type ThreadBackgroundTerminalsCleanResponse = Record<string, never>;
