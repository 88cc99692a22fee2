// Generated from the types of the package `protocol`. Changes belong there.

import type { AdditionalFileSystemPermissions } from "./AdditionalFileSystemPermissions";
import type { AdditionalNetworkPermissions } from "./AdditionalNetworkPermissions";

/** What the model asks for. */
export type RequestPermissionProfile = {
  "network": AdditionalNetworkPermissions | null;
  "fileSystem": AdditionalFileSystemPermissions | null;
};
