// Generated from the types of the package `protocol`. Changes belong there.

import type { PatchChangeKind } from "./PatchChangeKind";

/** The change of one file. */
export type FileUpdateChange = {
  /** Absolute. */
  "path": string;
  "kind": PatchChangeKind;
  /** The content for new and deleted files, else hunks without file headers. */
  "diff": string;
};
