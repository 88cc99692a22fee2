// Generated from the types of the package `protocol`. Changes belong there.

import type { ThreadBackgroundTerminal } from "./ThreadBackgroundTerminal";

/** A page of processes. */
export type ThreadBackgroundTerminalsListResponse = {
  "data": Array<ThreadBackgroundTerminal>;
  "nextCursor": string | null;
};
