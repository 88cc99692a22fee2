// Generated from the types of the package `protocol`. Changes belong there.

import type { ThreadSearchTextRange } from "./ThreadSearchTextRange";

/** A place in a thread. */
export type ThreadSearchOccurrence = {
  "turnId": string;
  "itemId": string;
  "snippet": string;
  "snippetMatchRange": ThreadSearchTextRange;
  /** For `thread/turns/list`, to show the place in its context. */
  "turnCursor": string;
};
