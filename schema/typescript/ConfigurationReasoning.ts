// Generated from the types of the package `protocol`. Changes belong there.

import type { ReasoningEffort } from "./ReasoningEffort";

/** The effort from here on. */
export type ConfigurationReasoning = {
  "effort": ReasoningEffort;
};
