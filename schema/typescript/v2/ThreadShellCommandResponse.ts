// Generated from the types of the package `protocol`. Changes belong there.

/** Empty; the item follows. */
export type ThreadShellCommandResponse = Record<string, never>;
