// Generated from the types of the package `protocol`. Changes belong there.

/** Ids of the threads in memory, ascending. */
export type ThreadLoadedListResponse = {
  "data": Array<string>;
  "nextCursor": string | null;
};
