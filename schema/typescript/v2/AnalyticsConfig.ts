// Generated from the types of the package `protocol`. Changes belong there.

import type { JsonValue } from "../serde_json/JsonValue";

/** `[analytics]`. */
export type AnalyticsConfig = {
  "enabled": boolean | null;
} & { [key in string]?: JsonValue };
