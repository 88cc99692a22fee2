// Generated from the types of the package `protocol`. Changes belong there.

/** `fuzzyFileSearch/sessionStop`. */
export type FuzzyFileSearchSessionStopParams = {
  "sessionId": string;
};
