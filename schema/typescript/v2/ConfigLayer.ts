// Generated from the types of the package `protocol`. Changes belong there.

import type { ConfigLayerSource } from "./ConfigLayerSource";
import type { JsonValue } from "../serde_json/JsonValue";

/** One layer with its content. */
export type ConfigLayer = {
  "name": ConfigLayerSource;
  "version": string;
  /** The table that it holds. */
  "config": JsonValue;
  /** Why it does not count; null when it does. */
  "disabledReason": string | null;
};
