// Generated from the types of the package `protocol`. Changes belong there.

import type { GatewayAuth } from "./GatewayAuth";

/** What can be set of a provider. */
export type ProviderSettings =
  | { "type": "openai" }
  | { "type": "customGateway", "auth": GatewayAuth }
  | { "type": "bedrock", "profile": string | null, "region": string | null }
  | { "type": "gcp", "projectId": string | null, "location": string | null, "credentialFile": string | null };
