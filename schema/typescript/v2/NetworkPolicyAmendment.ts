// Generated from the types of the package `protocol`. Changes belong there.

export type { NetworkPolicyAmendment } from "../NetworkPolicyAmendment";
