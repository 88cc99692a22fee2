// Generated from the types of the package `protocol`. Changes belong there.

import type { Turn } from "./Turn";

/** `turn/completed`: the turn has ended, one way or another; sent exactly once. */
export type TurnCompletedNotification = {
  "threadId": string;
  "turn": Turn;
};
