// Generated from the types of the package `protocol`. Changes belong there.

import type { FuzzyFileSearchResult } from "./FuzzyFileSearchResult";

/** `fuzzyFileSearch/sessionUpdated`: the matches so far. */
export type FuzzyFileSearchSessionUpdatedNotification = {
  "sessionId": string;
  "query": string;
  "files": Array<FuzzyFileSearchResult>;
};
