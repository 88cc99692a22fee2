// Generated from the types of the package `protocol`. Changes belong there.

import type { AbsolutePathBuf } from "../AbsolutePathBuf";

/** `plugin/read`: of a marketplace here or of the provider; one of the two. */
export type PluginReadParams = {
  "marketplacePath"?: AbsolutePathBuf | null;
  "remoteMarketplaceName"?: string | null;
  "pluginName": string;
};
