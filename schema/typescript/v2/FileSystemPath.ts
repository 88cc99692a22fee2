// Generated from the types of the package `protocol`. Changes belong there.

import type { FileSystemSpecialPath } from "./FileSystemSpecialPath";
import type { LegacyAppPathString } from "../LegacyAppPathString";

/** What an entry speaks of. */
export type FileSystemPath =
  | { "type": "path", "path": LegacyAppPathString }
  | { "type": "glob_pattern", "pattern": string }
  | { "type": "special", "value": FileSystemSpecialPath };
