// Generated from the types of the package `protocol`. Changes belong there.

import type { PluginShareTarget } from "./PluginShareTarget";
import type { PluginShareUpdateDiscoverability } from "./PluginShareUpdateDiscoverability";

/** `plugin/share/updateTargets`. */
export type PluginShareUpdateTargetsParams = {
  "remotePluginId": string;
  "discoverability": PluginShareUpdateDiscoverability;
  "shareTargets": Array<PluginShareTarget>;
};
