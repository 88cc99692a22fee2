// Generated from the types of the package `protocol`. Changes belong there.

import type { FuzzyFileSearchMatchType } from "./FuzzyFileSearchMatchType";

/** A match. Some keys are snake_case on the wire. */
export type FuzzyFileSearchResult = {
  "root": string;
  /** Relative to the root. */
  "path": string;
  "match_type": FuzzyFileSearchMatchType;
  "file_name": string;
  "score": number;
  /** Of the letters of `path` that matched, in characters. */
  "indices": Array<number> | null;
};
