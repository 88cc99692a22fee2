// Generated from the types of the package `protocol`. Changes belong there.

import type { AbsolutePathBuf } from "../AbsolutePathBuf";

/** `fs/writeFile`: creates or replaces. */
export type FsWriteFileParams = {
  "path": AbsolutePathBuf;
  "dataBase64": string;
};
