// Generated from the types of the package `protocol`. Changes belong there.

import type { LegacyAppPathString } from "../LegacyAppPathString";

/** A place that differs from machine to machine. */
export type FileSystemSpecialPath =
  | { "kind": "root" }
  | { "kind": "minimal" }
  | { "kind": "project_roots", "subpath": LegacyAppPathString | null }
  | { "kind": "tmpdir" }
  | { "kind": "slash_tmp" }
  | { "kind": "unknown", "path": string, "subpath": LegacyAppPathString | null };
