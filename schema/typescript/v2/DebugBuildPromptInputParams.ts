// Generated from the types of the package `protocol`. Changes belong there.

import type { ApprovalsReviewer } from "./ApprovalsReviewer";
import type { AskForApproval } from "./AskForApproval";
import type { CollaborationMode } from "../CollaborationMode";
import type { DebugPromptInputPart } from "./DebugPromptInputPart";
import type { Personality } from "../Personality";
import type { ReasoningEffort } from "../ReasoningEffort";
import type { SandboxMode } from "./SandboxMode";
import type { SandboxPolicy } from "./SandboxPolicy";
import type { UserInput } from "./UserInput";
import type { JsonValue } from "../serde_json/JsonValue";

/**
 * `debug/buildPromptInput`: what a turn with this input would send upstream, without sending it.
 *
 * Without `threadId` a private thread is built from the overrides, asked, and removed; with it, the next
 * turn of that loaded thread is previewed and the overrides are those of `turn/start`. Nothing is stored or
 * announced.
 */
export type DebugBuildPromptInputParams = {
  /** Absent or null: the context alone. */
  "input"?: Array<UserInput> | null;
  "threadId"?: string | null;
  /** Relative paths count from the server's directory. */
  "cwd"?: string | null;
  "model"?: string | null;
  "modelProvider"?: string | null;
  "approvalPolicy"?: AskForApproval | null;
  /** Only with `threadId`, as `sandboxPolicy`, `effort` and `collaborationMode`. */
  "approvalsReviewer"?: ApprovalsReviewer | null;
  "sandbox"?: SandboxMode | null;
  /** Not together with `sandbox`. */
  "sandboxPolicy"?: SandboxPolicy | null;
  "effort"?: ReasoningEffort | null;
  /** Wins over `model` and `effort`, as in `turn/start`. */
  "collaborationMode"?: CollaborationMode | null;
  /** Dotted config key → value, as in `thread/start`. */
  "config"?: { [key in string]?: JsonValue } | null;
  "baseInstructions"?: string | null;
  "developerInstructions"?: string | null;
  "personality"?: Personality | null;
  "include"?: Array<DebugPromptInputPart> | null;
};
