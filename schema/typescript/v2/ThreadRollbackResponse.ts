// Generated from the types of the package `protocol`. Changes belong there.

import type { Thread } from "./Thread";

/** The thread with the turns that are left. */
export type ThreadRollbackResponse = {
  "thread": Thread;
};
