// Generated from the types of the package `protocol`. Changes belong there.

import type { BrowserUseOriginPolicyConfig } from "./BrowserUseOriginPolicyConfig";

/** `[browser_use]`. */
export type BrowserUseConfig = {
  "allow_history_access": boolean | null;
  "default_origin_policy": BrowserUseOriginPolicyConfig | null;
  /** Origin → its own rules. */
  "origins": { [key in string]?: BrowserUseOriginPolicyConfig } | null;
};
