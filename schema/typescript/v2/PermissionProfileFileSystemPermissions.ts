// Generated from the types of the package `protocol`. Changes belong there.

import type { FileSystemSandboxEntry } from "./FileSystemSandboxEntry";

/** File access of a profile. */
export type PermissionProfileFileSystemPermissions =
  | { "type": "restricted", "entries": Array<FileSystemSandboxEntry>, "globScanMaxDepth"?: number | null }
  | { "type": "unrestricted" };
