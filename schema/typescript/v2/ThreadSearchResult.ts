// Generated from the types of the package `protocol`. Changes belong there.

import type { Thread } from "./Thread";

/** A thread that does. */
export type ThreadSearchResult = {
  "thread": Thread;
  "snippet": string;
};
