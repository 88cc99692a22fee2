"""config"""

from typing import Literal

from protocol.config_desktop import BrowserUseConfig, ComputerUseConfig
from protocol.config_layer import ConfigLayer, ConfigLayerMetadata
from protocol.mode import ReasoningEffort, ReasoningSummary, Verbosity
from protocol.policy import ApprovalsReviewer, AskForApproval, SandboxMode
from protocol.wire import (
    I64,
    Experimental,
    JsonObject,
    OpenModel,
    OpenVerbatimModel,
    Part,
    VerbatimModel,
    WireModel,
    no_entries,
    no_items,
    spelled,
)


class AnalyticsConfig(OpenVerbatimModel):
    """AnalyticsConfig."""

    enabled: bool | None = None


AppToolApproval = Literal["auto", "prompt", "writes", "approve"]


class AppsDefaultConfig(VerbatimModel):
    """AppsDefaultConfig."""

    enabled: bool = True
    approvals_reviewer: ApprovalsReviewer | None = None
    destructive_enabled: bool = True
    open_world_enabled: bool = True
    default_tools_approval_mode: AppToolApproval | None = None


class AppConfig(VerbatimModel, Part):
    """`[apps.<id>]`: one app. Keys are those of config.toml."""

    enabled: bool = True
    omit_tools_from: list[str] | None = None
    approvals_reviewer: ApprovalsReviewer | None = None
    destructive_enabled: bool | None = None
    open_world_enabled: bool | None = None
    default_tools_approval_mode: AppToolApproval | None = None
    default_tools_enabled: bool | None = None
    tools: JsonObject | None = None
    links: JsonObject | None = None


class AppsConfig(OpenModel):
    """`[apps]`: the defaults under `_default`; every other key is the id of an app with an `AppConfig`."""

    default: AppsDefaultConfig | None = spelled("_default", default=None)


AutoCompactTokenLimitScope = Literal["total", "body_after_prefix"]

ForcedChatgptWorkspaceIds = str | list[str]

ForcedLoginMethod = Literal["chatgpt", "api"]

WebSearchContextSize = Literal["low", "medium", "high"]


class WebSearchLocation(WireModel):
    """WebSearchLocation."""

    country: str | None = None
    region: str | None = None
    city: str | None = None
    timezone: str | None = None


class WebSearchToolConfig(VerbatimModel):
    """WebSearchToolConfig."""

    context_size: WebSearchContextSize | None = None
    allowed_domains: list[str] | None = None
    location: WebSearchLocation | None = None


class ToolsV2(VerbatimModel):
    """ToolsV2."""

    web_search: WebSearchToolConfig | None = None


WebSearchMode = Literal["disabled", "cached", "indexed", "live"]


class ProfileV2(VerbatimModel):
    """ProfileV2."""

    model: str | None = None
    model_provider: str | None = None
    approval_policy: AskForApproval | None = None
    approvals_reviewer: ApprovalsReviewer | None = None
    service_tier: str | None = None
    model_reasoning_effort: ReasoningEffort | None = None
    model_reasoning_summary: ReasoningSummary | None = None
    model_verbosity: Verbosity | None = None
    web_search: WebSearchMode | None = None
    tools: ToolsV2 | None = None
    chatgpt_base_url: str | None = None


class SandboxWorkspaceWrite(VerbatimModel):
    """SandboxWorkspaceWrite."""

    writable_roots: list[str] = no_items()
    network_access: bool = False
    exclude_tmpdir_env_var: bool = False
    exclude_slash_tmp: bool = False


WebSearchProvider = Literal["standalone", "search_mcp"]


class Config(OpenVerbatimModel):
    """Config."""

    model: str | None = None
    review_model: str | None = None
    model_context_window: I64 | None = None
    model_auto_compact_token_limit: I64 | None = None
    model_auto_compact_token_limit_scope: AutoCompactTokenLimitScope | None = None
    model_provider: str | None = None
    approval_policy: AskForApproval | None = None
    approvals_reviewer: ApprovalsReviewer | None = None
    sandbox_mode: SandboxMode | None = None
    sandbox_workspace_write: SandboxWorkspaceWrite | None = None
    forced_chatgpt_workspace_id: ForcedChatgptWorkspaceIds | None = None
    forced_login_method: ForcedLoginMethod | None = None
    web_search: WebSearchMode | None = None
    client_search_provider: WebSearchProvider | None = None
    tools: ToolsV2 | None = None
    instructions: str | None = None
    developer_instructions: str | None = None
    compact_prompt: str | None = None
    model_reasoning_effort: ReasoningEffort | None = None
    model_reasoning_summary: ReasoningSummary | None = None
    model_verbosity: Verbosity | None = None
    service_tier: str | None = None
    analytics: AnalyticsConfig | None = None
    apps: Experimental[AppsConfig | None] = None
    browser_use: BrowserUseConfig | None = None
    computer_use: ComputerUseConfig | None = None
    desktop: JsonObject | None = None
    profile: str | None = None
    """Until 0.131."""
    profiles: dict[str, ProfileV2] = no_entries()
    """Until 0.131."""


class ConfigReadParams(WireModel):
    """ConfigReadParams."""

    include_layers: bool = False
    cwd: str | None = None


class ConfigReadResponse(WireModel):
    """ConfigReadResponse."""

    config: Config
    origins: dict[str, ConfigLayerMetadata]
    layers: list[ConfigLayer] | None = None
