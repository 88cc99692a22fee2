// Generated from the types of the package `protocol`. Changes belong there.

import type { SortDirection } from "./SortDirection";
import type { ThreadSearchSortKey } from "./ThreadSearchSortKey";
import type { ThreadSourceKind } from "./ThreadSourceKind";

/** `thread/search`: which threads speak of something. */
export type ThreadSearchParams = {
  "includeAttachedThreads"?: boolean;
  "currentAccountOnly"?: boolean;
  "cursor"?: string | null;
  "limit"?: number | null;
  "sortKey"?: ThreadSearchSortKey | null;
  "sortDirection"?: SortDirection | null;
  "sourceKinds"?: Array<ThreadSourceKind> | null;
  "archived"?: boolean | null;
  "searchTerm": string;
};
