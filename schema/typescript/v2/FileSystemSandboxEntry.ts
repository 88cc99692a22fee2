// Generated from the types of the package `protocol`. Changes belong there.

import type { FileSystemAccessMode } from "./FileSystemAccessMode";
import type { FileSystemPath } from "./FileSystemPath";

/** One rule; the most exact one decides. */
export type FileSystemSandboxEntry = {
  "path": FileSystemPath;
  "access": FileSystemAccessMode;
};
