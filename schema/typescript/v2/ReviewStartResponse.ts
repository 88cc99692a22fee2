// Generated from the types of the package `protocol`. Changes belong there.

import type { Turn } from "./Turn";

/** The turn. */
export type ReviewStartResponse = {
  "turn": Turn;
  /** The thread that it runs in. */
  "reviewThreadId": string;
};
