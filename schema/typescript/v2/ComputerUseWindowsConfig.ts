// Generated from the types of the package `protocol`. Changes belong there.

import type { AllowDenyRequirement } from "./AllowDenyRequirement";
import type { ComputerUseWindowsExeConfig } from "./ComputerUseWindowsExeConfig";

/** `[computer_use.windows]`. */
export type ComputerUseWindowsConfig = {
  /** Application user model id → whether the agent may use the app. */
  "aumids": { [key in string]?: AllowDenyRequirement } | null;
  "exes": Array<ComputerUseWindowsExeConfig> | null;
};
