// Generated from the types of the package `protocol`. Changes belong there.

import type { Turn } from "./Turn";

/** The turn as it begins: no items yet. */
export type TurnStartResponse = {
  "turn": Turn;
};
