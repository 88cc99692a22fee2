// Generated from the types of the package `protocol`. Changes belong there.

import type { AbsolutePathBuf } from "../AbsolutePathBuf";

/** `fs/changed`: several changes at once. */
export type FsChangedNotification = {
  "watchId": string;
  "changedPaths": Array<AbsolutePathBuf>;
};
