// Generated from the types of the package `protocol`. Changes belong there.

import type { LegacyAppPathString } from "../LegacyAppPathString";

/** An environment for a thread or turn. */
export type TurnEnvironmentParams = {
  "environmentId": string;
  "cwd": LegacyAppPathString;
  "runtimeWorkspaceRoots"?: Array<LegacyAppPathString> | null;
};
