// Generated from the types of the package `protocol`. Changes belong there.

import type { AllowDenyRequirement } from "./AllowDenyRequirement";
import type { ComputerUseMacosConfig } from "./ComputerUseMacosConfig";
import type { ComputerUseWindowsConfig } from "./ComputerUseWindowsConfig";

/** `[computer_use]`. */
export type ComputerUseConfig = {
  "default_app_access": AllowDenyRequirement | null;
  "macos": ComputerUseMacosConfig | null;
  "windows": ComputerUseWindowsConfig | null;
};
