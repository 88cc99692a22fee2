// Generated from the types of the package `protocol`. Changes belong there.

import type { NetworkPolicyAmendment } from "./NetworkPolicyAmendment";

/** The answer to the two legacy approval requests. */
export type ReviewDecision =
  | "approved"
  | "approved_for_session"
  | "approved_mcp_policy_amendment"
  | "denied"
  | "timed_out"
  | "abort"
  | { "approved_execpolicy_amendment": { "proposed_execpolicy_amendment": Array<string> } }
  | { "network_policy_amendment": { "network_policy_amendment": NetworkPolicyAmendment } }
  | { "denied": { "rejection": string } };
