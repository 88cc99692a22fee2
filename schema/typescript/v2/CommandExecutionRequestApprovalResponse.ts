// Generated from the types of the package `protocol`. Changes belong there.

import type { CommandExecutionApprovalDecision } from "./CommandExecutionApprovalDecision";

/** The user's word on a command. */
export type CommandExecutionRequestApprovalResponse = {
  "decision": CommandExecutionApprovalDecision;
};
