// Generated from the types of the package `protocol`. Changes belong there.

import type { ThreadTimelineEntry } from "./ThreadTimelineEntry";

/** A page of it. */
export type ThreadTimelineListResponse = {
  "data": Array<ThreadTimelineEntry>;
  "nextCursor": string | null;
  /** The spoken conversation that the page begins in, if any. */
  "activeRealtimeSessionAtPageStart": string | null;
};
