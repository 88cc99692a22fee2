// Generated from the types of the package `protocol`. Changes belong there.

import type { ParsedCommand } from "./ParsedCommand";
import type { ThreadId } from "./ThreadId";

/** `execCommandApproval`. */
export type ExecCommandApprovalParams = {
  "conversationId": ThreadId;
  "callId": string;
  "approvalId": string | null;
  /** argv. */
  "command": Array<string>;
  "cwd": string;
  "reason": string | null;
  "parsedCmd": Array<ParsedCommand>;
};
