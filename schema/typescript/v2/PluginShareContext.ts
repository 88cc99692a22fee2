// Generated from the types of the package `protocol`. Changes belong there.

import type { PluginShareDiscoverability } from "./PluginShareDiscoverability";
import type { PluginSharePrincipal } from "./PluginSharePrincipal";

/** How it is shared. */
export type PluginShareContext = {
  "remotePluginId": string;
  "remoteVersion": string | null;
  "discoverability": PluginShareDiscoverability | null;
  "shareUrl": string | null;
  "creatorAccountUserId": string | null;
  "creatorName": string | null;
  "sharePrincipals": Array<PluginSharePrincipal> | null;
  "canPublishToWorkspace": boolean | null;
};
