// Generated from the types of the package `protocol`. Changes belong there.

import type { ThreadItem } from "./ThreadItem";
import type { TurnError } from "./TurnError";
import type { TurnItemsView } from "./TurnItemsView";
import type { TurnStatus } from "./TurnStatus";

/** One exchange. All keys are always sent. */
export type Turn = {
  "id": string;
  /** The first turn of the chain of work that led to this one. */
  "rootTurnId": string | null;
  "items": Array<ThreadItem>;
  "itemsView": TurnItemsView;
  "status": TurnStatus;
  /** Set when it failed. */
  "error": TurnError | null;
  /** Unix seconds. */
  "startedAt": number | null;
  /** Unix seconds; null while it runs, and when it was never ended properly. */
  "completedAt": number | null;
  "durationMs": number | null;
};
