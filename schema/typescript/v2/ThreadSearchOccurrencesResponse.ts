// Generated from the types of the package `protocol`. Changes belong there.

import type { ThreadSearchOccurrence } from "./ThreadSearchOccurrence";

/** A page of places. */
export type ThreadSearchOccurrencesResponse = {
  "data": Array<ThreadSearchOccurrence>;
  "nextCursor": string | null;
};
