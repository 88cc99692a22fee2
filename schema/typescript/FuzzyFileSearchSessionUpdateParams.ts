// Generated from the types of the package `protocol`. Changes belong there.

/** `fuzzyFileSearch/sessionUpdate`: what the user has typed now. */
export type FuzzyFileSearchSessionUpdateParams = {
  "sessionId": string;
  "query": string;
};
