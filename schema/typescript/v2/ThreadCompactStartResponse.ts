// Generated from the types of the package `protocol`. Changes belong there.

/** Empty; the turn follows. */
export type ThreadCompactStartResponse = Record<string, never>;
