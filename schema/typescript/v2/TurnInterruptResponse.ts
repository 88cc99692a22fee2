// Generated from the types of the package `protocol`. Changes belong there.

/** Empty; sent once the turn has ended. */
export type TurnInterruptResponse = Record<string, never>;
