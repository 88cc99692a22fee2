// Generated from the types of the package `protocol`. Changes belong there.

/** In characters. */
export type ProcessTerminalSize = {
  "rows": number;
  "cols": number;
};
