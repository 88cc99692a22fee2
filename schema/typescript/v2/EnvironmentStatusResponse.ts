// Generated from the types of the package `protocol`. Changes belong there.

import type { EnvironmentStatusKind } from "./EnvironmentStatusKind";

/** Whether it can be reached. */
export type EnvironmentStatusResponse = {
  "status": EnvironmentStatusKind;
  "error"?: string;
};
