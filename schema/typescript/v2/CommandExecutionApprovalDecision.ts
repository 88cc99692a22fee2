// Generated from the types of the package `protocol`. Changes belong there.

import type { NetworkPolicyAmendment } from "../NetworkPolicyAmendment";

/** What the user says to a command. `decline`: do not run it, go on; `cancel`: do not run it, end the turn. */
export type CommandExecutionApprovalDecision =
  | "accept"
  | "acceptForSession"
  | "decline"
  | "cancel"
  | { "acceptWithExecpolicyAmendment": { "execpolicy_amendment": Array<string> } }
  | { "applyNetworkPolicyAmendment": { "network_policy_amendment": NetworkPolicyAmendment } };
