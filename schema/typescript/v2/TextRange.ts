// Generated from the types of the package `protocol`. Changes belong there.

import type { TextPosition } from "./TextPosition";

/** A stretch of a text file. */
export type TextRange = {
  "start": TextPosition;
  "end": TextPosition;
};
