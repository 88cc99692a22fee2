// Generated from the types of the package `protocol`. Changes belong there.

import type { AbsolutePathBuf } from "../AbsolutePathBuf";
import type { ActivePermissionProfile } from "./ActivePermissionProfile";
import type { ApprovalsReviewer } from "./ApprovalsReviewer";
import type { AskForApproval } from "./AskForApproval";
import type { CollaborationMode } from "../CollaborationMode";
import type { LegacyAppPathString } from "../LegacyAppPathString";
import type { MultiAgentMode } from "../MultiAgentMode";
import type { ReasoningEffort } from "../ReasoningEffort";
import type { SandboxPolicy } from "./SandboxPolicy";
import type { Thread } from "./Thread";
import type { TurnsPage } from "./TurnsPage";

/** The thread with its turns, and the settings in effect. All keys are always sent. */
export type ThreadResumeResponse = {
  "thread": Thread;
  "model": string;
  "modelProvider": string;
  "serviceTier": string | null;
  "disabledPluginIds": Array<string>;
  "cwd": AbsolutePathBuf;
  "runtimeWorkspaceRoots": Array<AbsolutePathBuf>;
  "instructionSources": Array<LegacyAppPathString>;
  "approvalPolicy": AskForApproval;
  "approvalsReviewer": ApprovalsReviewer;
  "sandbox": SandboxPolicy;
  "activePermissionProfile": ActivePermissionProfile | null;
  "reasoningEffort": ReasoningEffort | null;
  "collaborationMode": CollaborationMode | null;
  "multiAgentMode": MultiAgentMode;
  "initialTurnsPage": TurnsPage | null;
  /** For `thread/turns/list`, from the newest turn back. */
  "turnsBackwardsCursor": string | null;
  /** For `thread/items/list`, from the newest item back. */
  "itemsBackwardsCursor": string | null;
};
