// Generated from the types of the package `protocol`. Changes belong there.

import type { ConfigLayerMetadata } from "./ConfigLayerMetadata";
import type { JsonValue } from "../serde_json/JsonValue";

/** Why a value that was written does not take effect. */
export type OverriddenMetadata = {
  "message": string;
  "overridingLayer": ConfigLayerMetadata;
  /** What holds instead. */
  "effectiveValue": JsonValue;
};
