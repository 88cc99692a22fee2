// Generated from the types of the package `protocol`. Changes belong there.

import type { AllowDenyRequirement } from "./AllowDenyRequirement";

/** A program, told by what its file says of itself. */
export type ComputerUseWindowsExeConfig = {
  "publisher_name": string;
  "product_name": string;
  "binary_name": string | null;
  "access": AllowDenyRequirement;
};
