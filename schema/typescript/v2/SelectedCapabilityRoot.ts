// Generated from the types of the package `protocol`. Changes belong there.

import type { CapabilityRootLocation } from "./CapabilityRootLocation";

/** A root of skills or plugins that the host selected. */
export type SelectedCapabilityRoot = {
  "id": string;
  "location": CapabilityRootLocation;
};
