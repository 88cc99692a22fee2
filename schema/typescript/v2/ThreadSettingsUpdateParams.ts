// Generated from the types of the package `protocol`. Changes belong there.

import type { ApprovalsReviewer } from "./ApprovalsReviewer";
import type { AskForApproval } from "./AskForApproval";
import type { CollaborationMode } from "../CollaborationMode";
import type { MultiAgentMode } from "../MultiAgentMode";
import type { Personality } from "../Personality";
import type { ReasoningEffort } from "../ReasoningEffort";
import type { ReasoningSummary } from "../ReasoningSummary";
import type { SandboxPolicy } from "./SandboxPolicy";
import type { TurnEnvironmentParams } from "./TurnEnvironmentParams";

/** `thread/settings/update`: settings from the next turn on. */
export type ThreadSettingsUpdateParams = {
  "threadId": string;
  "disabledPluginIds"?: Array<string> | null;
  "cwd"?: string | null;
  "environments"?: Array<TurnEnvironmentParams> | null;
  "approvalPolicy"?: AskForApproval | null;
  "approvalsReviewer"?: ApprovalsReviewer | null;
  "sandboxPolicy"?: SandboxPolicy | null;
  "permissions"?: string | null;
  "model"?: string | null;
  /** Absent: as before. Null: none. */
  "serviceTier"?: string | null;
  "effort"?: ReasoningEffort | null;
  "summary"?: ReasoningSummary | null;
  "collaborationMode"?: CollaborationMode | null;
  "multiAgentMode"?: MultiAgentMode | null;
  "personality"?: Personality | null;
};
