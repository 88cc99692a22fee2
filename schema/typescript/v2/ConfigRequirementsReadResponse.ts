// Generated from the types of the package `protocol`. Changes belong there.

import type { ConfigRequirements } from "./ConfigRequirements";

/** The answer to `configRequirements/read`. */
export type ConfigRequirementsReadResponse = {
  /** Null: not told. */
  "supportsIndependentSpeedModes": boolean | null;
  /** Null when there are none. */
  "requirements": ConfigRequirements | null;
};
