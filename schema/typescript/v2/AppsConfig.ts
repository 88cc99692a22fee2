// Generated from the types of the package `protocol`. Changes belong there.

import type { AppsDefaultConfig } from "./AppsDefaultConfig";
import type { JsonValue } from "../serde_json/JsonValue";

/** `[apps]`: the defaults under `_default`; every other key is the id of an app with an `AppConfig`. */
export type AppsConfig = {
  "_default": AppsDefaultConfig | null;
} & { [key in string]?: JsonValue };
