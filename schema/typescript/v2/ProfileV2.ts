// Generated from the types of the package `protocol`. Changes belong there.

import type { ApprovalsReviewer } from "./ApprovalsReviewer";
import type { AskForApproval } from "./AskForApproval";
import type { ReasoningEffort } from "../ReasoningEffort";
import type { ReasoningSummary } from "../ReasoningSummary";
import type { ToolsV2 } from "./ToolsV2";
import type { Verbosity } from "../Verbosity";
import type { WebSearchMode } from "../WebSearchMode";

/** `[profiles.<name>]`. */
export type ProfileV2 = {
  "model": string | null;
  "model_provider": string | null;
  "approval_policy": AskForApproval | null;
  "approvals_reviewer": ApprovalsReviewer | null;
  "service_tier": string | null;
  "model_reasoning_effort": ReasoningEffort | null;
  "model_reasoning_summary": ReasoningSummary | null;
  "model_verbosity": Verbosity | null;
  "web_search": WebSearchMode | null;
  "tools": ToolsV2 | null;
  "chatgpt_base_url": string | null;
};
