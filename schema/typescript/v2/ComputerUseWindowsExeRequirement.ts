// Generated from the types of the package `protocol`. Changes belong there.

import type { AllowDenyRequirement } from "./AllowDenyRequirement";

/** A program, told by what its file says of itself. */
export type ComputerUseWindowsExeRequirement = {
  "publisherName": string;
  "productName": string;
  "binaryName": string | null;
  "access": AllowDenyRequirement;
};
