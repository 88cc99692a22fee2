// Generated from the types of the package `protocol`. Changes belong there.

import type { NetworkApprovalProtocol } from "./NetworkApprovalProtocol";

/** The connection that was held back. */
export type NetworkApprovalContext = {
  "host": string;
  "protocol": NetworkApprovalProtocol;
};
