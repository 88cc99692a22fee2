// Generated from the types of the package `protocol`. Changes belong there.

import type { AnalyticsConfig } from "./AnalyticsConfig";
import type { ApprovalsReviewer } from "./ApprovalsReviewer";
import type { AppsConfig } from "./AppsConfig";
import type { AskForApproval } from "./AskForApproval";
import type { AutoCompactTokenLimitScope } from "../AutoCompactTokenLimitScope";
import type { BrowserUseConfig } from "./BrowserUseConfig";
import type { ComputerUseConfig } from "./ComputerUseConfig";
import type { ForcedChatgptWorkspaceIds } from "./ForcedChatgptWorkspaceIds";
import type { ForcedLoginMethod } from "../ForcedLoginMethod";
import type { ProfileV2 } from "./ProfileV2";
import type { ReasoningEffort } from "../ReasoningEffort";
import type { ReasoningSummary } from "../ReasoningSummary";
import type { SandboxMode } from "./SandboxMode";
import type { SandboxWorkspaceWrite } from "./SandboxWorkspaceWrite";
import type { ToolsV2 } from "./ToolsV2";
import type { Verbosity } from "../Verbosity";
import type { WebSearchMode } from "../WebSearchMode";
import type { WebSearchProvider } from "../WebSearchProvider";
import type { JsonValue } from "../serde_json/JsonValue";

/** The effective configuration, all layers merged. Members without a field here are kept as they are. */
export type Config = {
  "model": string | null;
  "review_model": string | null;
  /** In tokens. */
  "model_context_window": number | null;
  /** In tokens; above it the history is compacted before the next request. */
  "model_auto_compact_token_limit": number | null;
  "model_auto_compact_token_limit_scope": AutoCompactTokenLimitScope | null;
  "model_provider": string | null;
  "approval_policy": AskForApproval | null;
  "approvals_reviewer": ApprovalsReviewer | null;
  "sandbox_mode": SandboxMode | null;
  "sandbox_workspace_write": SandboxWorkspaceWrite | null;
  "forced_chatgpt_workspace_id": ForcedChatgptWorkspaceIds | null;
  "forced_login_method": ForcedLoginMethod | null;
  "web_search": WebSearchMode | null;
  "client_search_provider": WebSearchProvider | null;
  "tools": ToolsV2 | null;
  "instructions": string | null;
  "developer_instructions": string | null;
  /** In place of the built-in text that asks for a summary. */
  "compact_prompt": string | null;
  "model_reasoning_effort": ReasoningEffort | null;
  "model_reasoning_summary": ReasoningSummary | null;
  "model_verbosity": Verbosity | null;
  "service_tier": string | null;
  "analytics": AnalyticsConfig | null;
  "apps": AppsConfig | null;
  "browser_use": BrowserUseConfig | null;
  "computer_use": ComputerUseConfig | null;
  /** Settings of the desktop app; opaque here. */
  "desktop": { [key in string]?: JsonValue } | null;
  /** Until 0.131. */
  "profile": string | null;
  /** Until 0.131. */
  "profiles": { [key in string]?: ProfileV2 };
} & { [key in string]?: JsonValue };
