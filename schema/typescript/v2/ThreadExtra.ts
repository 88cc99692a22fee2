// Generated from the types of the package `protocol`. Changes belong there.

import type { JsonValue } from "../serde_json/JsonValue";

/** Notes of an implementation; opaque. */
export type ThreadExtra = { [key in string]?: JsonValue };
