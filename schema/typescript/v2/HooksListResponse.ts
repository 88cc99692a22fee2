// Generated from the types of the package `protocol`. Changes belong there.

import type { HooksListEntry } from "./HooksListEntry";

/** The hooks by directory. */
export type HooksListResponse = {
  "data": Array<HooksListEntry>;
};
