// Generated from the types of the package `protocol`. Changes belong there.

import type { AbsolutePathBuf } from "../AbsolutePathBuf";
import type { ActivePermissionProfile } from "./ActivePermissionProfile";
import type { ApprovalsReviewer } from "./ApprovalsReviewer";
import type { AskForApproval } from "./AskForApproval";
import type { CollaborationMode } from "../CollaborationMode";
import type { MultiAgentMode } from "../MultiAgentMode";
import type { Personality } from "../Personality";
import type { ReasoningEffort } from "../ReasoningEffort";
import type { ReasoningSummary } from "../ReasoningSummary";
import type { SandboxPolicy } from "./SandboxPolicy";
import type { ThreadEnvironment } from "./ThreadEnvironment";

/** What the next turn begins with. */
export type ThreadSettings = {
  "disabledPluginIds": Array<string>;
  "cwd": AbsolutePathBuf;
  "environments": Array<ThreadEnvironment> | null;
  "approvalPolicy": AskForApproval;
  "approvalsReviewer": ApprovalsReviewer;
  "sandboxPolicy": SandboxPolicy;
  "activePermissionProfile": ActivePermissionProfile | null;
  "model": string;
  "modelProvider": string;
  "serviceTier": string | null;
  "effort": ReasoningEffort | null;
  "summary": ReasoningSummary | null;
  "collaborationMode": CollaborationMode;
  "multiAgentMode": MultiAgentMode;
  "personality": Personality | null;
};
