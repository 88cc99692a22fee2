"""The effective configuration of one thread: typed values, everything resolved."""

from dataclasses import dataclass
from pathlib import Path
from typing import Final, Literal, NamedTuple

from app_server.config.layers import LayerStack
from app_server.config.permissions import ApprovalPolicy, ApprovalsReviewer, SandboxMode, SandboxPolicy
from app_server.config.requirements import Requirements
from app_server.config.trust import TrustLevel
from protocol.wire import JsonObject


class Unset:
    """Says that a request left a field out, where null means something else."""

    __slots__ = ()


UNSET: Final = Unset()


class TypedOverrides(NamedTuple):
    """The typed fields of a request. They beat every layer and every profile (persistence.md §11.1)."""

    model: str | None = None
    model_provider: str | None = None
    approval_policy: ApprovalPolicy | None = None
    approvals_reviewer: ApprovalsReviewer | None = None
    sandbox_mode: SandboxMode | None = None
    permissions: str | None = None
    runtime_workspace_roots: tuple[str, ...] | None = None
    service_tier: str | Unset | None = UNSET
    base_instructions: str | None = None
    developer_instructions: str | None = None
    personality: str | None = None
    profile: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True, eq=False, repr=False)  # tables may hold secrets
class Config:
    """Everything that a thread takes from configuration. None means that nobody said anything."""

    codex_home: Path
    cwd: Path
    stack: LayerStack
    raw: JsonObject
    """The merged layers, without profile and typed overrides."""
    values: JsonObject
    """`raw` with the profile laid over it: where other areas find their own tables (`mcp_servers`, …)."""
    requirements: Requirements
    warnings: tuple[str, ...]
    """What a thread tells its clients when it starts: values that the requirements replaced."""

    profile: str | None
    trust_level: TrustLevel | None

    model: str | None
    review_model: str | None
    model_provider: str
    provider_tables: dict[str, JsonObject]
    model_context_window: int | None
    model_auto_compact_token_limit: int | None
    model_reasoning_effort: str | None
    plan_mode_reasoning_effort: str | None
    model_reasoning_summary: Literal["auto", "concise", "detailed", "none"] | None
    model_verbosity: Literal["low", "medium", "high"] | None
    model_supports_reasoning_summaries: bool
    service_tier: str | None
    service_tier_chosen: bool
    """Whether somebody chose a tier, or none; else the login's plan may bring one."""
    openai_base_url: str | None
    chatgpt_base_url: str
    tool_output_token_limit: int | None

    base_instructions: str | None
    developer_instructions: str | None
    compact_prompt: str | None
    personality: Literal["none", "friendly", "pragmatic"] | None
    include_permissions_instructions: bool
    include_apps_instructions: bool
    include_environment_context: bool
    include_collaboration_mode_instructions: bool
    project_doc_max_bytes: int
    project_doc_fallback_filenames: tuple[str, ...]
    project_root_markers: tuple[str, ...]
    """Of all layers but those of projects."""

    approval_policy: ApprovalPolicy
    approvals_reviewer: ApprovalsReviewer
    sandbox: SandboxPolicy
    permission_profile: str | None
    """The `activePermissionProfile` id."""
    workspace_roots: tuple[str, ...]

    web_search: Literal["disabled", "cached", "live"]
    """As it was chosen; `web_search.mode_in` says what a turn makes of it."""
    features: dict[str, bool]
    allow_login_shell: bool
    hide_agent_reasoning: bool
    show_raw_agent_reasoning: bool
    sqlite_home: Path
    forced_login_method: str | None
    forced_workspaces: tuple[str, ...]
    credentials_store: str
    """Where a login is kept: `file`, `keyring`, `auto` or `ephemeral`."""
    attestation_timeout_ms: int | None

    @property
    def has_plugins(self) -> bool:
        """Whether any plugin is named, and plugins are on at all: whether the disk is worth a look."""
        return bool(self.table("plugins")) and self.feature("plugins")

    def feature(self, name: str) -> bool:
        """Whether a feature is on."""
        return self.features.get(name, False)

    def table(self, name: str) -> JsonObject:
        """A table of another area as it was read; empty when there is none."""
        value = self.values.get(name)
        return value if isinstance(value, dict) else {}
