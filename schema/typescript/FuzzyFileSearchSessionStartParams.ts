// Generated from the types of the package `protocol`. Changes belong there.

/** `fuzzyFileSearch/sessionStart`: a search that goes on while the user types. */
export type FuzzyFileSearchSessionStartParams = {
  "sessionId": string;
  "roots": Array<string>;
};
