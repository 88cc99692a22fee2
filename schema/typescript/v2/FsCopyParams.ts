// Generated from the types of the package `protocol`. Changes belong there.

import type { AbsolutePathBuf } from "../AbsolutePathBuf";

/** `fs/copy`. */
export type FsCopyParams = {
  "sourcePath": AbsolutePathBuf;
  "destinationPath": AbsolutePathBuf;
  /** Needed for folders. */
  "recursive"?: boolean;
};
