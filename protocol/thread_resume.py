"""`thread/resume` and `thread/fork` (threads-and-turns.md §3.2, §3.3)."""

from typing import Annotated

from pydantic import AfterValidator

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
    Expected,
    Experimental,
    JsonObject,
    PathText,
    ResponseItemJson,
    WireModel,
    no_items,
)


def _with_type(item: JsonObject) -> JsonObject:
    if "type" not in item:
        raise ValueError("missing field `type`")
    return item


HistoryItem = Annotated[
    ResponseItemJson, Expected("internally tagged enum ResponseItem"), AfterValidator(_with_type)
]


class ThreadForkParams(WireModel):
    """`thread/fork`: a new thread with the history of another."""

    thread_id: str
    experimental_prediction_mode: Experimental[bool] = False
    experimental_disable_prediction_mcp: Experimental[bool] = False
    last_turn_id: str | None = None
    """The last turn to take over; absent: all."""
    before_turn_id: Experimental[str | None] = None
    """The first turn not to take over."""
    path: Experimental[PathText | None] = None
    """A rollout file in place of `threadId`."""
    model: str | None = None
    model_provider: str | None = None
    service_tier: str | None = None
    """Absent: as configured. Null: none."""
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
    """True: the fork belongs to its source and is not listed by itself."""
    thread_source: ThreadSource | None = None
    exclude_turns: bool = False
    """True: `turns` stays empty, and no token usage is told."""
    defer_goal_continuation: Experimental[bool] = False
    persist_extended_history: Experimental[bool] = False
    """Ignored; true earns a `deprecationNotice`. Until 0.131."""


class ThreadForkResponse(WireModel):
    """The new thread, and the settings that its turns begin with. All keys are always sent."""

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
    """The page of turns that the answer brings along."""

    limit: U32 | None = None
    sort_direction: SortDirection | None = None
    items_view: TurnItemsView | None = None


class ThreadResumeParams(WireModel):
    """`thread/resume`. On a loaded thread the overrides are ignored."""

    thread_id: str
    history: Experimental[list[HistoryItem] | None] = None
    """Items in place of what is stored; makes a new thread. Goes before `path` and `threadId`."""
    path: Experimental[PathText | None] = None
    """A rollout file. Goes before `threadId`; empty counts as absent."""
    model: str | None = None
    model_provider: str | None = None
    service_tier: str | None = None
    """Absent: as recorded. Null: none."""
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
    """True: `turns` stays empty, and no token usage is told."""
    initial_turns_page: Experimental[ThreadResumeInitialTurnsPageParams | None] = None
    persist_extended_history: Experimental[bool] = False
    """Ignored; true earns a `deprecationNotice`. Until 0.131."""


class ThreadResumeResponse(WireModel):
    """The thread with its turns, and the settings in effect. All keys are always sent."""

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
    """For `thread/turns/list`, from the newest turn back."""
    items_backwards_cursor: str | None = None
    """For `thread/items/list`, from the newest item back."""
