// Generated from the types of the package `protocol`. Changes belong there.

import type { NetworkPolicyRuleAction } from "./NetworkPolicyRuleAction";

/** A rule for a host, to be kept. */
export type NetworkPolicyAmendment = {
  "host": string;
  "action": NetworkPolicyRuleAction;
};
