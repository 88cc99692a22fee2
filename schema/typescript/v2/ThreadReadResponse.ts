// Generated from the types of the package `protocol`. Changes belong there.

import type { Thread } from "./Thread";
import type { ThreadReadState } from "./ThreadReadState";

/** The thread. */
export type ThreadReadResponse = {
  "thread": Thread;
  "readState": ThreadReadState | null;
};
