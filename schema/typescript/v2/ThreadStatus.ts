// Generated from the types of the package `protocol`. Changes belong there.

import type { ThreadActiveFlag } from "./ThreadActiveFlag";

/** What a thread is doing. */
export type ThreadStatus =
  | { "type": "notLoaded" }
  | { "type": "idle" }
  | { "type": "systemError" }
  | {
    "type": "active";
    /** What it waits for, if anything. */
    "activeFlags": Array<ThreadActiveFlag>;
  };
