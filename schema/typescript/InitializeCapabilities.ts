// Generated from the types of the package `protocol`. Changes belong there.

import type { JsonValue } from "./serde_json/JsonValue";

/** What the client can do or wants. Whatever is absent is off. */
export type InitializeCapabilities = {
  /** The client shows approvals that no reviewer but a person may decide. */
  "requiredHumanApproval"?: boolean;
  /** The client logs in to a gateway by its own calls, not by a browser that the server opens. */
  "explicitGatewayOauth"?: boolean;
  /** Opens the experimental methods and fields, and lets experimental notifications through. */
  "experimentalApi"?: boolean;
  /** The client answers `attestation/generate`. */
  "requestAttestation"?: boolean;
  /** The client draws the forms that go beyond MCP. */
  "mcpServerOpenaiFormElicitation"?: boolean;
  /** Exact names of notifications that this connection never gets; unknown names do no harm. */
  "optOutNotificationMethods"?: Array<string> | null;
  /** Free-form; unknown members are ignored. */
  "extensions"?: { [key in string]?: JsonValue } | null;
};
