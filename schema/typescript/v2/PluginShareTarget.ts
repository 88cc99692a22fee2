// Generated from the types of the package `protocol`. Changes belong there.

import type { PluginSharePrincipalType } from "./PluginSharePrincipalType";
import type { PluginShareTargetRole } from "./PluginShareTargetRole";

/** Somebody to share it with. */
export type PluginShareTarget = {
  "principalType": PluginSharePrincipalType;
  "principalId": string;
  "role": PluginShareTargetRole;
};
