"""`config/read`: the configuration as it is in effect. Keys of `Config` are those of config.toml."""

from typing import Annotated, Literal

from protocol.config_desktop import BrowserUseConfig, ComputerUseConfig
from protocol.config_layer import ConfigLayer, ConfigLayerMetadata
from protocol.mode import ReasoningEffort, ReasoningSummary, Verbosity
from protocol.policy import ApprovalsReviewer, AskForApproval, SandboxMode
from protocol.wire import (
    I64,
    Dated,
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
    """`[analytics]`."""

    enabled: bool | None = None


AppToolApproval = Literal["auto", "prompt", "writes", "approve"]
"""How a tool of an app is approved; `writes` asks for those that change something."""


class AppsDefaultConfig(VerbatimModel):
    """`[apps._default]`: what holds for apps that say nothing else."""

    enabled: bool = True
    approvals_reviewer: ApprovalsReviewer | None = None
    destructive_enabled: bool = True
    """Whether tools that delete or overwrite may be called."""
    open_world_enabled: bool = True
    """Whether tools that reach beyond the app may be called."""
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

    default: Annotated[AppsDefaultConfig | None, spelled("_default")] = None


AutoCompactTokenLimitScope = Literal["total", "body_after_prefix"]
"""Whether the limit counts all tokens, or those after the prefix that caches keep."""

ForcedChatgptWorkspaceIds = str | list[str]
"""One workspace or several, to which logins are limited."""

ForcedLoginMethod = Literal["chatgpt", "api"]
"""The only way of logging in that is allowed."""

WebSearchContextSize = Literal["low", "medium", "high"]
"""How much of the pages that are found reaches the model."""


class WebSearchLocation(WireModel):
    """Where the user roughly is."""

    country: str | None = None
    region: str | None = None
    city: str | None = None
    timezone: str | None = None
    """An IANA name."""


class WebSearchToolConfig(VerbatimModel):
    """`[tools.web_search]`."""

    context_size: WebSearchContextSize | None = None
    allowed_domains: list[str] | None = None
    location: WebSearchLocation | None = None


class ToolsV2(VerbatimModel):
    """`[tools]`."""

    web_search: WebSearchToolConfig | None = None


WebSearchMode = Annotated[
    Literal["disabled", "cached", "indexed", "live"], Dated(new=("indexed",), instead="cached")
]
"""Where the model may search: not at all, in a cache, in an index, on the live web."""


class ProfileV2(VerbatimModel):
    """`[profiles.<name>]`."""

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
    """`[sandbox_workspace_write]`: details of the `workspace-write` sandbox."""

    writable_roots: list[str] = no_items()
    """Beside the working directory."""
    network_access: bool = False
    exclude_tmpdir_env_var: bool = False
    exclude_slash_tmp: bool = False


WebSearchProvider = Literal["standalone", "search_mcp"]
"""Who answers the searches that the client shows."""


class Config(OpenVerbatimModel):
    """The effective configuration, all layers merged. Members without a field here are kept as they are."""

    model: str | None = None
    review_model: str | None = None
    model_context_window: I64 | None = None
    """In tokens."""
    model_auto_compact_token_limit: I64 | None = None
    """In tokens; above it the history is compacted before the next request."""
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
    """In place of the built-in text that asks for a summary."""
    model_reasoning_effort: ReasoningEffort | None = None
    model_reasoning_summary: ReasoningSummary | None = None
    model_verbosity: Verbosity | None = None
    service_tier: str | None = None
    analytics: AnalyticsConfig | None = None
    apps: Experimental[AppsConfig | None] = None
    browser_use: BrowserUseConfig | None = None
    computer_use: ComputerUseConfig | None = None
    desktop: JsonObject | None = None
    """Settings of the desktop app; opaque here."""
    profile: str | None = None
    """Until 0.131."""
    profiles: dict[str, ProfileV2] = no_entries()
    """Until 0.131."""


class ConfigReadParams(WireModel):
    """`config/read`."""

    include_layers: bool = False
    """True to have each layer by itself as well."""
    cwd: str | None = None
    """Adds the project layers that hold in this directory. Absent: those of no project."""


class ConfigReadResponse(WireModel):
    """The configuration, and where each value comes from."""

    config: Config
    origins: dict[str, ConfigLayerMetadata]
    """Dotted key → the layer that set it."""
    layers: list[ConfigLayer] | None = None
    """The strongest first; null unless asked for."""
