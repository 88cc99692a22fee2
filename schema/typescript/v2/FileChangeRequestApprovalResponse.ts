// Generated from the types of the package `protocol`. Changes belong there.

import type { FileChangeApprovalDecision } from "./FileChangeApprovalDecision";

/** The user's word on a change. */
export type FileChangeRequestApprovalResponse = {
  "decision": FileChangeApprovalDecision;
};
