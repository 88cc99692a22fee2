// Generated from the types of the package `protocol`. Changes belong there.

import type { EnvironmentSkillsParams } from "./EnvironmentSkillsParams";

/** `environment/add`: a machine that is reached over the network. */
export type EnvironmentAddParams = {
  "environmentId": string;
  "execServerUrl": string;
  "authBearerToken"?: string | null;
  "websocketRequestId"?: string | null;
  "connectTimeoutMs"?: number | null;
  "skills"?: EnvironmentSkillsParams | null;
};
