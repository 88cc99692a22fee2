// Generated from the types of the package `protocol`. Changes belong there.

import type { AbsolutePathBuf } from "../AbsolutePathBuf";
import type { PluginShareDiscoverability } from "./PluginShareDiscoverability";
import type { PluginShareTarget } from "./PluginShareTarget";

/** `plugin/share/save`. */
export type PluginShareSaveParams = {
  "pluginPath": AbsolutePathBuf;
  /** Absent: a new one. */
  "remotePluginId"?: string | null;
  "discoverability"?: PluginShareDiscoverability | null;
  "shareTargets"?: Array<PluginShareTarget> | null;
};
