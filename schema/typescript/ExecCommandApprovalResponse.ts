// Generated from the types of the package `protocol`. Changes belong there.

import type { ReviewDecision } from "./ReviewDecision";

/** The answer. */
export type ExecCommandApprovalResponse = {
  "decision": ReviewDecision;
};
