// Generated from the types of the package `protocol`. Changes belong there.

import type { ThreadUnreadPosition } from "./ThreadUnreadPosition";

/** What has been seen. */
export type ThreadReadState = {
  /** Null: everything has been seen. */
  "firstUnread": ThreadUnreadPosition | null;
  /** Changes with every change; goes into `expectedRevision`. */
  "revision": string;
};
