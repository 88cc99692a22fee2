// Generated from the types of the package `protocol`. Changes belong there.

/** A place in a text file. */
export type TextPosition = {
  /** Counts from 1. */
  "line": number;
  /** Counts from 1. */
  "column": number;
};
