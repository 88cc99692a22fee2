// Generated from the types of the package `protocol`. Changes belong there.

/** `thread/searchOccurrences`: where in a thread. */
export type ThreadSearchOccurrencesParams = {
  "threadId": string;
  "searchTerm": string;
  "cursor"?: string | null;
  "limit"?: number | null;
};
