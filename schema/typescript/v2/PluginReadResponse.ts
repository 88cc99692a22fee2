// Generated from the types of the package `protocol`. Changes belong there.

import type { PluginDetail } from "./PluginDetail";

/** The plugin. */
export type PluginReadResponse = {
  "plugin": PluginDetail;
};
