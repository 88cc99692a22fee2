// Generated from the types of the package `protocol`. Changes belong there.

import type { AbsolutePathBuf } from "../AbsolutePathBuf";

/** `fs/readFile`. */
export type FsReadFileParams = {
  "path": AbsolutePathBuf;
};
