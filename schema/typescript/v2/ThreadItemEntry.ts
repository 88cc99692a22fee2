// Generated from the types of the package `protocol`. Changes belong there.

import type { ThreadItem } from "./ThreadItem";

/** An item and where it stands. */
export type ThreadItemEntry = {
  "turnId": string;
  "item": ThreadItem;
  /** True: its output was left out. */
  "outputDeferred"?: boolean;
  /** Unix milliseconds. */
  "startedAtMs": number | null;
  /** Unix milliseconds. */
  "completedAtMs": number | null;
};
