// Generated from the types of the package `protocol`. Changes belong there.

import type { ResponseItem } from "../ResponseItem";

/**
 * `rawResponseItem/completed`: a model-visible item as it went up- or downstream, unchanged.
 *
 * Sent only to threads that were started with `experimentalRawEvents`.
 */
export type RawResponseItemCompletedNotification = {
  "threadId": string;
  "turnId": string;
  "item": ResponseItem;
};
