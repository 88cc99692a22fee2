// Generated from the types of the package `protocol`. Changes belong there.

import type { ThreadItemEntry } from "./ThreadItemEntry";

/** The items. */
export type ThreadItemsReadResponse = {
  "data": Array<ThreadItemEntry>;
};
