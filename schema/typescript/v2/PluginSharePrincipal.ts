// Generated from the types of the package `protocol`. Changes belong there.

import type { PluginSharePrincipalRole } from "./PluginSharePrincipalRole";
import type { PluginSharePrincipalType } from "./PluginSharePrincipalType";

/** Somebody that it is shared with. */
export type PluginSharePrincipal = {
  "principalType": PluginSharePrincipalType;
  "principalId": string;
  "role": PluginSharePrincipalRole;
  "name": string;
};
