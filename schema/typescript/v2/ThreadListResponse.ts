// Generated from the types of the package `protocol`. Changes belong there.

import type { Thread } from "./Thread";
import type { ThreadReadState } from "./ThreadReadState";

/** A page of threads, without their turns. */
export type ThreadListResponse = {
  "data": Array<Thread>;
  /** Thread id → state; null when it is not kept. */
  "readStates": { [key in string]?: ThreadReadState } | null;
  /** Null on the last page. */
  "nextCursor": string | null;
  /** For what is newer than this page, in the opposite direction. */
  "backwardsCursor": string | null;
};
