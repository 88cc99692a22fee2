// Generated from the types of the package `protocol`. Changes belong there.

/** A stretch of a snippet. */
export type ThreadSearchTextRange = {
  "start": number;
  "end": number;
};
