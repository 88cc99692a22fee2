// Generated from the types of the package `protocol`. Changes belong there.

import type { AbsolutePathBuf } from "../AbsolutePathBuf";

/** `fs/watch`: tell this connection when something changes. */
export type FsWatchParams = {
  /** A name of the client's, unique on its connection. */
  "watchId": string;
  "path": AbsolutePathBuf;
};
