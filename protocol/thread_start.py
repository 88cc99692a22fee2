"""thread_start"""

from typing import Literal

from protocol.dynamic_tool import DynamicToolSpec
from protocol.environment import TurnEnvironmentParams
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
    """EnvironmentCapabilityRootLocation."""

    type: Literal["environment"] = "environment"
    environment_id: str
    path: str


CapabilityRootLocation = EnvironmentCapabilityRootLocation


class SelectedCapabilityRoot(WireModel):
    """SelectedCapabilityRoot."""

    id: str
    location: CapabilityRootLocation


ThreadStartSource = Literal["startup", "clear"]


class ThreadStartParams(WireModel):
    """ThreadStartParams."""

    model: str | None = None
    model_provider: str | None = None
    allow_provider_model_fallback: Experimental[bool] = False
    service_tier: str | None = None
    cwd: str | None = None
    runtime_workspace_roots: Experimental[list[AbsolutePath] | None] = None
    approval_policy: AskForApproval | None = None
    approvals_reviewer: ApprovalsReviewer | None = None
    sandbox: SandboxMode | None = None
    permissions: Experimental[ProfileId | None] = None
    config: JsonObject | None = None
    service_name: str | None = None
    base_instructions: str | None = None
    developer_instructions: str | None = None
    personality: Personality | None = None
    multi_agent_mode: Experimental[MultiAgentMode | None] = None
    ephemeral: bool | None = None
    history_mode: Experimental[ThreadHistoryMode | None] = None
    session_start_source: ThreadStartSource | None = None
    thread_source: ThreadSource | None = None
    project_id: Experimental[str | None] = None
    daybreak_enabled: Experimental[bool | None] = None
    environments: Experimental[list[TurnEnvironmentParams] | None] = None
    dynamic_tools: Experimental[list[DynamicToolSpec] | None] = None
    selected_capability_roots: Experimental[list[SelectedCapabilityRoot] | None] = None
    mock_experimental_field: Experimental[str | None] = None
    experimental_raw_events: Experimental[bool] = False
    persist_extended_history: Experimental[bool] = False
    """Until 0.131."""


class ThreadStartResponse(WireModel):
    """ThreadStartResponse."""

    thread: Thread
    model: str
    model_provider: str
    service_tier: str | None = None
    disabled_plugin_ids: list[str] = no_items()
    cwd: AbsolutePathText
    runtime_workspace_roots: Experimental[list[AbsolutePathText]] = no_items()
    instruction_sources: list[AppPath] = no_items()
    approval_policy: AskForApproval
    approvals_reviewer: ApprovalsReviewer
    sandbox: SandboxPolicy
    active_permission_profile: Experimental[ActivePermissionProfile | None] = None
    reasoning_effort: ReasoningEffort | None = None
    multi_agent_mode: Experimental[MultiAgentMode] = "explicitRequestOnly"
