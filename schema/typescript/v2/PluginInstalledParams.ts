// Generated from the types of the package `protocol`. Changes belong there.

import type { AbsolutePathBuf } from "../AbsolutePathBuf";

/** `plugin/installed`. */
export type PluginInstalledParams = {
  "cwds"?: Array<AbsolutePathBuf> | null;
  "installSuggestionPluginNames"?: Array<string> | null;
};
