// Generated from the types of the package `protocol`. Changes belong there.

import type { Thread } from "./Thread";

/** The thread as it is now. */
export type ThreadMetadataUpdateResponse = {
  "thread": Thread;
};
