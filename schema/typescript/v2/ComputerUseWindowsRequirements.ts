// Generated from the types of the package `protocol`. Changes belong there.

import type { AllowDenyRequirement } from "./AllowDenyRequirement";
import type { ComputerUseWindowsExeRequirement } from "./ComputerUseWindowsExeRequirement";

/** Demands on Windows. */
export type ComputerUseWindowsRequirements = {
  "aumids": { [key in string]?: AllowDenyRequirement } | null;
  "exes": Array<ComputerUseWindowsExeRequirement> | null;
};
