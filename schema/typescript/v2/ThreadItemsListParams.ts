// Generated from the types of the package `protocol`. Changes belong there.

import type { SortDirection } from "./SortDirection";
import type { ThreadItemOutputDeferral } from "./ThreadItemOutputDeferral";
import type { ThreadItemsListCursor } from "./ThreadItemsListCursor";

/** `thread/items/list`. */
export type ThreadItemsListParams = {
  "threadId": string;
  "turnId"?: string | null;
  "cursor"?: ThreadItemsListCursor | null;
  "limit"?: number | null;
  "sortDirection"?: SortDirection | null;
  "deferOutput"?: ThreadItemOutputDeferral | null;
};
