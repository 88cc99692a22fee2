// Generated from the types of the package `protocol`. Changes belong there.

/** Where a root is. */
export type CapabilityRootLocation =
  | { "type": "environment", "environmentId": string, "path": string };
