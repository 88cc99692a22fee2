// Generated from the types of the package `protocol`. Changes belong there.

/** What the rule says. */
export type NetworkPolicyRuleAction = "allow" | "deny";
