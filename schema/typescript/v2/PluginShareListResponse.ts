// Generated from the types of the package `protocol`. Changes belong there.

import type { PluginShareListItem } from "./PluginShareListItem";

/** What was shared. */
export type PluginShareListResponse = {
  "data": Array<PluginShareListItem>;
};
