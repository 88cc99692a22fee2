// Generated from the types of the package `protocol`. Changes belong there.

import type { AbsolutePathBuf } from "../AbsolutePathBuf";

/** `fs/getMetadata`. */
export type FsGetMetadataParams = {
  "path": AbsolutePathBuf;
};
