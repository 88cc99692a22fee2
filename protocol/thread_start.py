"""`thread/start` (threads-and-turns.md §3.1)."""

from typing import Literal

from protocol.dynamic_tool import DynamicToolSpec
from protocol.mode import MultiAgentMode, Personality, ReasoningEffort
from protocol.policy import (
    ActivePermissionProfile,
    ApprovalsReviewer,
    AskForApproval,
    ProfileId,
    SandboxMode,
    SandboxPolicy,
)
from protocol.thread import Thread, ThreadHistoryMode, ThreadSource
from protocol.turn_environment import TurnEnvironmentParams
from protocol.wire import (
    AbsolutePath,
    AbsolutePathText,
    AppPath,
    Experimental,
    JsonObject,
    WireModel,
    no_items,
)


class EnvironmentCapabilityRootLocation(WireModel):
    """A folder in an environment."""

    type: Literal["environment"] = "environment"
    environment_id: str
    path: str


CapabilityRootLocation = EnvironmentCapabilityRootLocation
"""Where a root is."""


class SelectedCapabilityRoot(WireModel):
    """A root of skills or plugins that the host selected."""

    id: str
    location: CapabilityRootLocation


ThreadStartSource = Literal["startup", "clear"]
"""Why a thread is started; only hooks see it."""


class ThreadStartParams(WireModel):
    """`thread/start`. What is absent or null is left to the configuration."""

    model: str | None = None
    model_provider: str | None = None
    allow_provider_model_fallback: Experimental[bool] = False
    """True: a provider with a fixed catalogue may put its default in place of an unknown model."""
    service_tier: str | None = None
    """Absent: as configured. Null: none."""
    cwd: str | None = None
    """A relative one counts from the server's; it need not exist."""
    runtime_workspace_roots: Experimental[list[AbsolutePath] | None] = None
    """In place of the writable roots; absent: the `cwd`."""
    approval_policy: AskForApproval | None = None
    approvals_reviewer: ApprovalsReviewer | None = None
    sandbox: SandboxMode | None = None
    permissions: Experimental[ProfileId | None] = None
    """Not together with `sandbox`."""
    config: JsonObject | None = None
    """Dotted config key → value."""
    service_name: str | None = None
    """A tag for telemetry."""
    base_instructions: str | None = None
    developer_instructions: str | None = None
    personality: Personality | None = None
    multi_agent_mode: Experimental[MultiAgentMode | None] = None
    ephemeral: bool | None = None
    """True: never written to disk and never listed."""
    history_mode: Experimental[ThreadHistoryMode | None] = None
    session_start_source: ThreadStartSource | None = None
    thread_source: ThreadSource | None = None
    project_id: Experimental[str | None] = None
    daybreak_enabled: Experimental[bool | None] = None
    environments: Experimental[list[TurnEnvironmentParams] | None] = None
    """Absent: the default one. Empty: nothing can be run."""
    dynamic_tools: Experimental[list[DynamicToolSpec] | None] = None
    selected_capability_roots: Experimental[list[SelectedCapabilityRoot] | None] = None
    mock_experimental_field: Experimental[str | None] = None
    """Does nothing; for tests of the gate."""
    experimental_raw_events: Experimental[bool] = False
    """True: `rawResponseItem/completed` is sent."""
    persist_extended_history: Experimental[bool] = False
    """Ignored; true earns a `deprecationNotice`. Until 0.131."""


class ThreadStartResponse(WireModel):
    """The thread, and the settings that its turns begin with. All keys are always sent."""

    thread: Thread
    model: str
    model_provider: str
    service_tier: str | None = None
    disabled_plugin_ids: list[str] = no_items()
    cwd: AbsolutePathText
    runtime_workspace_roots: Experimental[list[AbsolutePathText]] = no_items()
    """The writable roots in effect."""
    instruction_sources: list[AppPath] = no_items()
    """The AGENTS.md files that were read."""
    approval_policy: AskForApproval
    approvals_reviewer: ApprovalsReviewer
    sandbox: SandboxPolicy
    active_permission_profile: Experimental[ActivePermissionProfile | None] = None
    """Null when no profile is in use."""
    reasoning_effort: ReasoningEffort | None = None
    """As configured; null leaves it to the model."""
    multi_agent_mode: Experimental[MultiAgentMode] = "explicitRequestOnly"
