// Generated from the types of the package `protocol`. Changes belong there.

import type { WindowsSandboxReadiness } from "./WindowsSandboxReadiness";

/** The answer to `windowsSandbox/readiness`. */
export type WindowsSandboxReadinessResponse = {
  "status": WindowsSandboxReadiness;
};
