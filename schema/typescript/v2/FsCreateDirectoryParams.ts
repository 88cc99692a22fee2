// Generated from the types of the package `protocol`. Changes belong there.

import type { AbsolutePathBuf } from "../AbsolutePathBuf";

/** `fs/createDirectory`. */
export type FsCreateDirectoryParams = {
  "path": AbsolutePathBuf;
  /** Absent: true, parents too. */
  "recursive"?: boolean | null;
};
