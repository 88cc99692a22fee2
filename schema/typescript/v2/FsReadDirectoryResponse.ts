// Generated from the types of the package `protocol`. Changes belong there.

import type { FsReadDirectoryEntry } from "./FsReadDirectoryEntry";

/** What is in it. */
export type FsReadDirectoryResponse = {
  "entries": Array<FsReadDirectoryEntry>;
};
