// Generated from the types of the package `protocol`. Changes belong there.

import type { LegacyAppPathString } from "../LegacyAppPathString";

/** Where applications may keep things. */
export type ApplicationStorageRequirements = {
  "defaultProjectParent": LegacyAppPathString | null;
  "projectlessWorkspaceRoot": LegacyAppPathString | null;
};
