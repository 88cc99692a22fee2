// Generated from the types of the package `protocol`. Changes belong there.

/** How a gateway knows us. */
export type GatewayAuth =
  | { "mode": "none" }
  | { "mode": "environmentVariable", "envKey": string }
  | { "mode": "externallyConfigured", "envKey": string | null };
