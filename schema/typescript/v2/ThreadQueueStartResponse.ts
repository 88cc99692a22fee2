// Generated from the types of the package `protocol`. Changes belong there.

import type { Turn } from "./Turn";

/** The turn that was started. */
export type ThreadQueueStartResponse = {
  "turn": Turn;
};
