// Generated from the types of the package `protocol`. Changes belong there.

import type { ConfigEdit } from "./ConfigEdit";

/** `config/batchWrite`: all of the edits, or none. */
export type ConfigBatchWriteParams = {
  "edits": Array<ConfigEdit>;
  /** Absent: the user's file, the only one that may be written. */
  "filePath"?: string | null;
  /** The layer's version as last read; another one makes the write fail. */
  "expectedVersion"?: string | null;
  /** True to apply what can be applied to the loaded threads at once. */
  "reloadUserConfig"?: boolean;
};
