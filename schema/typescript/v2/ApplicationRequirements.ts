// Generated from the types of the package `protocol`. Changes belong there.

import type { ApplicationNetworkRequirements } from "./ApplicationNetworkRequirements";
import type { ApplicationStorageRequirements } from "./ApplicationStorageRequirements";

/** Demands on applications. */
export type ApplicationRequirements = {
  "network": ApplicationNetworkRequirements | null;
  "storage": ApplicationStorageRequirements | null;
};
