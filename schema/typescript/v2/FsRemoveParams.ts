// Generated from the types of the package `protocol`. Changes belong there.

import type { AbsolutePathBuf } from "../AbsolutePathBuf";

/** `fs/remove`. */
export type FsRemoveParams = {
  "path": AbsolutePathBuf;
  /** Absent: true, with all that is in it. */
  "recursive"?: boolean | null;
  /** Absent: true, it need not exist. */
  "force"?: boolean | null;
};
