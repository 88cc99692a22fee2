// Generated from the types of the package `protocol`. Changes belong there.

import type { AbsolutePathBuf } from "../AbsolutePathBuf";
import type { WindowsSandboxSetupMode } from "./WindowsSandboxSetupMode";

/** `windowsSandbox/setupStart`. */
export type WindowsSandboxSetupStartParams = {
  "mode": WindowsSandboxSetupMode;
  "cwd"?: AbsolutePathBuf | null;
};
