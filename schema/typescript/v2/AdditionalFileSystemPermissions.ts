// Generated from the types of the package `protocol`. Changes belong there.

import type { FileSystemSandboxEntry } from "./FileSystemSandboxEntry";
import type { LegacyAppPathString } from "../LegacyAppPathString";

/** Paths asked for beyond the sandbox. */
export type AdditionalFileSystemPermissions = {
  "read": Array<LegacyAppPathString> | null;
  "write": Array<LegacyAppPathString> | null;
  /** How deep patterns are looked for, in folders. */
  "globScanMaxDepth"?: number;
  /** The rules in full; `read` and `write` are the older form. */
  "entries"?: Array<FileSystemSandboxEntry>;
};
