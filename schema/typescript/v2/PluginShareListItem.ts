// Generated from the types of the package `protocol`. Changes belong there.

import type { AbsolutePathBuf } from "../AbsolutePathBuf";
import type { PluginSummary } from "./PluginSummary";

/** A plugin that was shared. */
export type PluginShareListItem = {
  "plugin": PluginSummary;
  "localPluginPath": AbsolutePathBuf | null;
};
