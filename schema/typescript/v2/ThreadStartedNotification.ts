// Generated from the types of the package `protocol`. Changes belong there.

import type { Thread } from "./Thread";

/** `thread/started`: a new thread, to everybody. */
export type ThreadStartedNotification = {
  "thread": Thread;
};
