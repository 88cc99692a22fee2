// Generated from the types of the package `protocol`. Changes belong there.

import type { AbsolutePathBuf } from "../AbsolutePathBuf";
import type { ActivePermissionProfile } from "./ActivePermissionProfile";
import type { ApprovalsReviewer } from "./ApprovalsReviewer";
import type { AskForApproval } from "./AskForApproval";
import type { LegacyAppPathString } from "../LegacyAppPathString";
import type { MultiAgentMode } from "../MultiAgentMode";
import type { ReasoningEffort } from "../ReasoningEffort";
import type { SandboxPolicy } from "./SandboxPolicy";
import type { Thread } from "./Thread";

/** The thread, and the settings that its turns begin with. All keys are always sent. */
export type ThreadStartResponse = {
  "thread": Thread;
  "model": string;
  "modelProvider": string;
  "serviceTier": string | null;
  "disabledPluginIds": Array<string>;
  "cwd": AbsolutePathBuf;
  /** The writable roots in effect. */
  "runtimeWorkspaceRoots": Array<AbsolutePathBuf>;
  /** The AGENTS.md files that were read. */
  "instructionSources": Array<LegacyAppPathString>;
  "approvalPolicy": AskForApproval;
  "approvalsReviewer": ApprovalsReviewer;
  "sandbox": SandboxPolicy;
  /** Null when no profile is in use. */
  "activePermissionProfile": ActivePermissionProfile | null;
  /** As configured; null leaves it to the model. */
  "reasoningEffort": ReasoningEffort | null;
  "multiAgentMode": MultiAgentMode;
};
