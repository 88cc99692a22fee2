// Generated from the types of the package `protocol`. Changes belong there.

import type { AbsolutePathBuf } from "../AbsolutePathBuf";

/** `plugin/install`: from a marketplace here or of the provider; one of the two. */
export type PluginInstallParams = {
  "marketplacePath"?: AbsolutePathBuf | null;
  "remoteMarketplaceName"?: string | null;
  "installAttemptId"?: string | null;
  "pluginName": string;
};
