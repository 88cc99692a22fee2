// Generated from the types of the package `protocol`. Changes belong there.

import type { ThreadItem } from "./ThreadItem";

/** Never sent. */
export type ThreadTurnsItemsListResponse = {
  "data": Array<ThreadItem>;
  "nextCursor": string | null;
  "backwardsCursor": string | null;
};
