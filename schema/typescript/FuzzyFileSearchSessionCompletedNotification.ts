// Generated from the types of the package `protocol`. Changes belong there.

/** `fuzzyFileSearch/sessionCompleted`: there will be no more for this query. */
export type FuzzyFileSearchSessionCompletedNotification = {
  "sessionId": string;
};
