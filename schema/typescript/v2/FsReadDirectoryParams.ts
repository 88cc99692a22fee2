// Generated from the types of the package `protocol`. Changes belong there.

import type { AbsolutePathBuf } from "../AbsolutePathBuf";

/** `fs/readDirectory`. */
export type FsReadDirectoryParams = {
  "path": AbsolutePathBuf;
};
