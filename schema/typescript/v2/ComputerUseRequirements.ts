// Generated from the types of the package `protocol`. Changes belong there.

import type { AllowDenyRequirement } from "./AllowDenyRequirement";
import type { ComputerUseMacosRequirements } from "./ComputerUseMacosRequirements";
import type { ComputerUseWindowsRequirements } from "./ComputerUseWindowsRequirements";

/** Demands on computer use. */
export type ComputerUseRequirements = {
  "allowLockedComputerUse": boolean | null;
  "allowPersistentApproval": boolean | null;
  "defaultAppAccess": AllowDenyRequirement | null;
  "macos": ComputerUseMacosRequirements | null;
  "windows": ComputerUseWindowsRequirements | null;
};
