// Generated from the types of the package `protocol`. Changes belong there.

/** `environment/info`. */
export type EnvironmentInfoParams = {
  "environmentId": string;
};
