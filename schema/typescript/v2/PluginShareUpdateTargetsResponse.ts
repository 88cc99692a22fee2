// Generated from the types of the package `protocol`. Changes belong there.

import type { PluginShareDiscoverability } from "./PluginShareDiscoverability";
import type { PluginSharePrincipal } from "./PluginSharePrincipal";

/** Who has it now. */
export type PluginShareUpdateTargetsResponse = {
  "principals": Array<PluginSharePrincipal>;
  "discoverability": PluginShareDiscoverability;
};
