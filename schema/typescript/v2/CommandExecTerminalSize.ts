// Generated from the types of the package `protocol`. Changes belong there.

/** In characters. */
export type CommandExecTerminalSize = {
  "rows": number;
  "cols": number;
};
