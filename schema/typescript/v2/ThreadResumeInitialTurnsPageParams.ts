// Generated from the types of the package `protocol`. Changes belong there.

import type { SortDirection } from "./SortDirection";
import type { TurnItemsView } from "./TurnItemsView";

/** The page of turns that the answer brings along. */
export type ThreadResumeInitialTurnsPageParams = {
  "limit"?: number | null;
  "sortDirection"?: SortDirection | null;
  "itemsView"?: TurnItemsView | null;
};
