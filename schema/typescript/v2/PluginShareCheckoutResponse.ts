// Generated from the types of the package `protocol`. Changes belong there.

import type { AbsolutePathBuf } from "../AbsolutePathBuf";

/** Where it was put. */
export type PluginShareCheckoutResponse = {
  "remotePluginId": string;
  "pluginId": string;
  "pluginName": string;
  "pluginPath": AbsolutePathBuf;
  "marketplaceName": string;
  "marketplacePath": AbsolutePathBuf;
  "remoteVersion": string | null;
};
