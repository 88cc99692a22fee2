// Generated from the types of the package `protocol`. Changes belong there.

import type { WindowsSandboxSetupMode } from "./WindowsSandboxSetupMode";

/** `windowsSandbox/setupCompleted`: to the connection that asked. */
export type WindowsSandboxSetupCompletedNotification = {
  "mode": WindowsSandboxSetupMode;
  "success": boolean;
  "error": string | null;
};
