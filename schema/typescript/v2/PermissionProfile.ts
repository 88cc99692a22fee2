// Generated from the types of the package `protocol`. Changes belong there.

import type { PermissionProfileFileSystemPermissions } from "./PermissionProfileFileSystemPermissions";
import type { PermissionProfileNetworkPermissions } from "./PermissionProfileNetworkPermissions";

/** A profile spelled out, as older clients send it; newer ones send its name. */
export type PermissionProfile =
  | { "type": "managed", "network": PermissionProfileNetworkPermissions, "fileSystem": PermissionProfileFileSystemPermissions }
  | { "type": "disabled" }
  | { "type": "external", "network": PermissionProfileNetworkPermissions };
