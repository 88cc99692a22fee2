// Generated from the types of the package `protocol`. Changes belong there.

import type { AppSummary } from "./AppSummary";
import type { PluginAuthPolicy } from "./PluginAuthPolicy";

/** It is installed. */
export type PluginInstallResponse = {
  "authPolicy": PluginAuthPolicy;
  "appsNeedingAuth": Array<AppSummary>;
};
