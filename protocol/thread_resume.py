"""thread_resume"""

from protocol.mode import CollaborationMode, MultiAgentMode, Personality, ReasoningEffort
from protocol.policy import (
    ActivePermissionProfile,
    ApprovalsReviewer,
    AskForApproval,
    ProfileId,
    SandboxMode,
    SandboxPolicy,
)
from protocol.thread import SortDirection, Thread, ThreadSource
from protocol.turn import TurnItemsView, TurnsPage
from protocol.wire import (
    U32,
    AbsolutePath,
    AbsolutePathText,
    AppPath,
    Experimental,
    JsonObject,
    PathText,
    ResponseItemJson,
    WireModel,
    no_items,
)


class ThreadForkParams(WireModel):
    """ThreadForkParams."""

    thread_id: str
    experimental_prediction_mode: Experimental[bool] = False
    experimental_disable_prediction_mcp: Experimental[bool] = False
    last_turn_id: str | None = None
    before_turn_id: Experimental[str | None] = None
    path: Experimental[PathText | None] = None
    model: str | None = None
    model_provider: str | None = None
    service_tier: str | None = None
    cwd: str | None = None
    runtime_workspace_roots: Experimental[list[AbsolutePath] | None] = None
    approval_policy: AskForApproval | None = None
    approvals_reviewer: ApprovalsReviewer | None = None
    sandbox: SandboxMode | None = None
    permissions: Experimental[ProfileId | None] = None
    config: JsonObject | None = None
    base_instructions: str | None = None
    developer_instructions: str | None = None
    ephemeral: bool = False
    attach_to_source: Experimental[bool] = False
    thread_source: ThreadSource | None = None
    exclude_turns: bool = False
    defer_goal_continuation: Experimental[bool] = False
    persist_extended_history: Experimental[bool] = False
    """Until 0.131."""


class ThreadForkResponse(WireModel):
    """ThreadForkResponse."""

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


class ThreadResumeInitialTurnsPageParams(WireModel):
    """ThreadResumeInitialTurnsPageParams."""

    limit: U32 | None = None
    sort_direction: SortDirection | None = None
    items_view: TurnItemsView | None = None


class ThreadResumeParams(WireModel):
    """ThreadResumeParams."""

    thread_id: str
    history: Experimental[list[ResponseItemJson] | None] = None
    path: Experimental[PathText | None] = None
    model: str | None = None
    model_provider: str | None = None
    service_tier: str | None = None
    cwd: str | None = None
    runtime_workspace_roots: Experimental[list[AbsolutePath] | None] = None
    approval_policy: AskForApproval | None = None
    approvals_reviewer: ApprovalsReviewer | None = None
    sandbox: SandboxMode | None = None
    permissions: Experimental[ProfileId | None] = None
    config: JsonObject | None = None
    base_instructions: str | None = None
    developer_instructions: str | None = None
    personality: Personality | None = None
    exclude_turns: bool = False
    initial_turns_page: Experimental[ThreadResumeInitialTurnsPageParams | None] = None
    persist_extended_history: Experimental[bool] = False
    """Until 0.131."""


class ThreadResumeResponse(WireModel):
    """ThreadResumeResponse."""

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
    collaboration_mode: CollaborationMode | None = None
    multi_agent_mode: Experimental[MultiAgentMode] = "explicitRequestOnly"
    initial_turns_page: Experimental[TurnsPage | None] = None
    turns_backwards_cursor: str | None = None
    items_backwards_cursor: str | None = None
