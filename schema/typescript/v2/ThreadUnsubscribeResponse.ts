// Generated from the types of the package `protocol`. Changes belong there.

import type { ThreadUnsubscribeStatus } from "./ThreadUnsubscribeStatus";

/** What became of it. */
export type ThreadUnsubscribeResponse = {
  "status": ThreadUnsubscribeStatus;
};
