// Generated from the types of the package `protocol`. Changes belong there.

import type { Turn } from "./Turn";

/** `turn/started`. */
export type TurnStartedNotification = {
  "threadId": string;
  "turn": Turn;
};
