// Generated from the types of the package `protocol`. Changes belong there.

import type { ThreadItemsListAnchor } from "./ThreadItemsListAnchor";

/** From an earlier page, or an anchor. */
export type ThreadItemsListCursor = string | ThreadItemsListAnchor;
