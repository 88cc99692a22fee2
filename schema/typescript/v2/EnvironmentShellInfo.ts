// Generated from the types of the package `protocol`. Changes belong there.

/** Its shell. */
export type EnvironmentShellInfo = {
  "name": string;
  "path": string;
};
