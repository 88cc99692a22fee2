// Generated from the types of the package `protocol`. Changes belong there.

/** Empty. */
export type CommandExecWriteResponse = Record<string, never>;
