// Generated from the types of the package `protocol`. Changes belong there.

/** Lines of a memory file that an answer rests on. */
export type MemoryCitationEntry = {
  "path": string;
  /** Counts from 1. */
  "lineStart": number;
  /** Counts from 1; included. */
  "lineEnd": number;
  "note": string;
};
