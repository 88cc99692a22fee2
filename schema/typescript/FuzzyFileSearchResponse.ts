// Generated from the types of the package `protocol`. Changes belong there.

import type { FuzzyFileSearchResult } from "./FuzzyFileSearchResult";

/** The best matches, the best first. */
export type FuzzyFileSearchResponse = {
  "files": Array<FuzzyFileSearchResult>;
};
