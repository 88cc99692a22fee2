// Generated from the types of the package `protocol`. Changes belong there.

import type { AllowDenyRequirement } from "./AllowDenyRequirement";

/** `[computer_use.macos]`. */
export type ComputerUseMacosConfig = {
  /** Bundle id → whether the agent may use the app. */
  "bundle_ids": { [key in string]?: AllowDenyRequirement } | null;
};
