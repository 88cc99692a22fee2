// Generated from the types of the package `protocol`. Changes belong there.

import type { ThreadItem } from "./ThreadItem";

/** `item/started`. */
export type ItemStartedNotification = {
  "item": ThreadItem;
  "threadId": string;
  "turnId": string;
  /** Unix milliseconds. */
  "startedAtMs": number;
};
