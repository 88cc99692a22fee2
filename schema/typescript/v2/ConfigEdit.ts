// Generated from the types of the package `protocol`. Changes belong there.

import type { MergeStrategy } from "./MergeStrategy";
import type { JsonValue } from "../serde_json/JsonValue";

/** One value to set. */
export type ConfigEdit = {
  /** Dotted. */
  "keyPath": string;
  /** null removes the key. */
  "value": JsonValue;
  "mergeStrategy": MergeStrategy;
};
