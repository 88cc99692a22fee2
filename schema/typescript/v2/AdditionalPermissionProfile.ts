// Generated from the types of the package `protocol`. Changes belong there.

import type { AdditionalFileSystemPermissions } from "./AdditionalFileSystemPermissions";
import type { AdditionalNetworkPermissions } from "./AdditionalNetworkPermissions";

/** What a command asks for beyond the sandbox. */
export type AdditionalPermissionProfile = {
  "network": AdditionalNetworkPermissions | null;
  "fileSystem": AdditionalFileSystemPermissions | null;
};
