// Generated from the types of the package `protocol`. Changes belong there.

import type { ThreadItem } from "./ThreadItem";

/** `item/completed`: the item as it stays. */
export type ItemCompletedNotification = {
  "item": ThreadItem;
  "threadId": string;
  "turnId": string;
  /** Left out when the provider does not tell. */
  "contentTokenCount"?: number;
  /** Unix milliseconds. */
  "completedAtMs": number;
};
