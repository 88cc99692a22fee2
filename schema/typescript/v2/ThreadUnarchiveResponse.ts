// Generated from the types of the package `protocol`. Changes belong there.

import type { Thread } from "./Thread";

/** The thread, not loaded. */
export type ThreadUnarchiveResponse = {
  "thread": Thread;
};
