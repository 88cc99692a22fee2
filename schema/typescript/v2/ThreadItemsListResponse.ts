// Generated from the types of the package `protocol`. Changes belong there.

import type { ThreadItemEntry } from "./ThreadItemEntry";

/** A page of items. */
export type ThreadItemsListResponse = {
  "data": Array<ThreadItemEntry>;
  "nextCursor": string | null;
  "backwardsCursor": string | null;
};
