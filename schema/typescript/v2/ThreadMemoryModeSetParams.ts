// Generated from the types of the package `protocol`. Changes belong there.

import type { ThreadMemoryMode } from "../ThreadMemoryMode";

/** `thread/memoryMode/set`. */
export type ThreadMemoryModeSetParams = {
  "threadId": string;
  "mode": ThreadMemoryMode;
};
