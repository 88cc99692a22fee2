// Generated from the types of the package `protocol`. Changes belong there.

import type { AdditionalFileSystemPermissions } from "./AdditionalFileSystemPermissions";
import type { AdditionalNetworkPermissions } from "./AdditionalNetworkPermissions";

/** What the user grants; what is left out is refused. */
export type GrantedPermissionProfile = {
  "network"?: AdditionalNetworkPermissions | null;
  "fileSystem"?: AdditionalFileSystemPermissions | null;
};
