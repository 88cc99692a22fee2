// Generated from the types of the package `protocol`. Changes belong there.

import type { LegacyAppPathString } from "../LegacyAppPathString";

/** A place where a thread's commands run. */
export type ThreadEnvironment = {
  "environmentId": string;
  "cwd": LegacyAppPathString;
  "runtimeWorkspaceRoots": Array<LegacyAppPathString>;
};
