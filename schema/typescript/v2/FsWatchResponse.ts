// Generated from the types of the package `protocol`. Changes belong there.

import type { AbsolutePathBuf } from "../AbsolutePathBuf";

/** The path that is watched, canonical. */
export type FsWatchResponse = {
  "path": AbsolutePathBuf;
};
