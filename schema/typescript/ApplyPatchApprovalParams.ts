// Generated from the types of the package `protocol`. Changes belong there.

import type { FileChange } from "./FileChange";
import type { ThreadId } from "./ThreadId";

/** `applyPatchApproval`. */
export type ApplyPatchApprovalParams = {
  "conversationId": ThreadId;
  "callId": string;
  /** Path → change. */
  "fileChanges": { [key in string]?: FileChange };
  "reason": string | null;
  "grantRoot": string | null;
};
