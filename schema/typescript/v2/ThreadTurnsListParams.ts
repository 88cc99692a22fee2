// Generated from the types of the package `protocol`. Changes belong there.

import type { SortDirection } from "./SortDirection";
import type { TurnItemsView } from "./TurnItemsView";

/** `thread/turns/list`. */
export type ThreadTurnsListParams = {
  "threadId": string;
  "cursor"?: string | null;
  /** 1 to 100, else clamped; absent: 25. */
  "limit"?: number | null;
  /** Absent: the newest first. */
  "sortDirection"?: SortDirection | null;
  /** Absent: `summary`, the user's message and the agent's last. */
  "itemsView"?: TurnItemsView | null;
};
