// Generated from the types of the package `protocol`. Changes belong there.

import type { ThreadSearchResult } from "./ThreadSearchResult";

/** A page of results. */
export type ThreadSearchResponse = {
  "data": Array<ThreadSearchResult>;
  "nextCursor": string | null;
  "backwardsCursor": string | null;
};
