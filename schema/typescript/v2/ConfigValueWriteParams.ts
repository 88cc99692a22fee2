// Generated from the types of the package `protocol`. Changes belong there.

import type { MergeStrategy } from "./MergeStrategy";
import type { JsonValue } from "../serde_json/JsonValue";

/** `config/value/write`: one edit. */
export type ConfigValueWriteParams = {
  "keyPath": string;
  "value": JsonValue;
  "mergeStrategy": MergeStrategy;
  /** Absent: the user's file, the only one that may be written. */
  "filePath"?: string | null;
  /** The layer's version as last read; another one makes the write fail. */
  "expectedVersion"?: string | null;
};
