// Generated from the types of the package `protocol`. Changes belong there.

import type { SortDirection } from "./SortDirection";

/** `thread/turns/items/list`: reserved; always refused. */
export type ThreadTurnsItemsListParams = {
  "threadId": string;
  "turnId": string;
  "cursor"?: string | null;
  "limit"?: number | null;
  "sortDirection"?: SortDirection | null;
};
