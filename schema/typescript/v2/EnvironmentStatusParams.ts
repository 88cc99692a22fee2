// Generated from the types of the package `protocol`. Changes belong there.

/** `environment/status`. */
export type EnvironmentStatusParams = {
  "environmentId": string;
};
