// Generated from the types of the package `protocol`. Changes belong there.

import type { AllowDenyRequirement } from "./AllowDenyRequirement";

/** Demands on macOS. */
export type ComputerUseMacosRequirements = {
  "bundleIds": { [key in string]?: AllowDenyRequirement } | null;
};
