// Generated from the types of the package `protocol`. Changes belong there.

import type { NetworkDomainPermission } from "./NetworkDomainPermission";

/** What applications may reach. */
export type ApplicationNetworkRequirements = {
  "enabled": boolean;
  "domains": { [key in string]?: NetworkDomainPermission };
};
