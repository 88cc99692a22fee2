"""thread_control"""

from typing import Literal

from protocol.environment import TurnEnvironmentParams
from protocol.mode import CollaborationMode, MultiAgentMode, Personality, ReasoningEffort, ReasoningSummary
from protocol.policy import ApprovalsReviewer, AskForApproval, SandboxPolicy
from protocol.thread import Thread
from protocol.wire import I64, U32, U64, AppPath, JsonValue, PathText, WireModel


class ThreadBackgroundTerminal(WireModel):
    """ThreadBackgroundTerminal."""

    item_id: str
    process_id: str
    command: str
    cwd: AppPath
    os_pid: U32 | None = None
    cpu_percent: float | None = None
    rss_kb: U64 | None = None


class ThreadBackgroundTerminalsCleanParams(WireModel):
    """ThreadBackgroundTerminalsCleanParams."""

    thread_id: str


class ThreadBackgroundTerminalsCleanResponse(WireModel):
    """ThreadBackgroundTerminalsCleanResponse."""


class ThreadBackgroundTerminalsListParams(WireModel):
    """ThreadBackgroundTerminalsListParams."""

    thread_id: str
    cursor: str | None = None
    limit: U32 | None = None


class ThreadBackgroundTerminalsListResponse(WireModel):
    """ThreadBackgroundTerminalsListResponse."""

    data: list[ThreadBackgroundTerminal]
    next_cursor: str | None = None


class ThreadBackgroundTerminalsTerminateParams(WireModel):
    """ThreadBackgroundTerminalsTerminateParams."""

    thread_id: str
    process_id: str


class ThreadBackgroundTerminalsTerminateResponse(WireModel):
    """ThreadBackgroundTerminalsTerminateResponse."""

    terminated: bool


class ThreadCompactStartParams(WireModel):
    """ThreadCompactStartParams."""

    thread_id: str


class ThreadCompactStartResponse(WireModel):
    """ThreadCompactStartResponse."""


class ThreadDecrementElicitationParams(WireModel):
    """ThreadDecrementElicitationParams."""

    thread_id: str


class ThreadDecrementElicitationResponse(WireModel):
    """ThreadDecrementElicitationResponse."""

    count: I64
    paused: bool


class ThreadIncrementElicitationParams(WireModel):
    """ThreadIncrementElicitationParams."""

    thread_id: str


class ThreadIncrementElicitationResponse(WireModel):
    """ThreadIncrementElicitationResponse."""

    count: I64
    paused: bool


class ThreadInjectItemsParams(WireModel):
    """ThreadInjectItemsParams."""

    thread_id: str
    items: list[JsonValue]


class ThreadInjectItemsResponse(WireModel):
    """ThreadInjectItemsResponse."""


ThreadMemoryMode = Literal["enabled", "disabled"]


class ThreadMemoryModeSetParams(WireModel):
    """ThreadMemoryModeSetParams."""

    thread_id: str
    mode: ThreadMemoryMode


class ThreadMemoryModeSetResponse(WireModel):
    """ThreadMemoryModeSetResponse."""


class ThreadRevertParams(WireModel):
    """ThreadRevertParams."""

    thread_id: str
    before_turn_id: str


class ThreadRevertResponse(WireModel):
    """ThreadRevertResponse."""

    thread: Thread
    turns_backwards_cursor: str | None = None
    items_backwards_cursor: str | None = None


class ThreadRollbackParams(WireModel):
    """ThreadRollbackParams."""

    thread_id: str
    num_turns: U32


class ThreadRollbackResponse(WireModel):
    """ThreadRollbackResponse."""

    thread: Thread


class ThreadSettingsUpdateParams(WireModel):
    """ThreadSettingsUpdateParams."""

    thread_id: str
    disabled_plugin_ids: list[str] | None = None
    cwd: PathText | None = None
    environments: list[TurnEnvironmentParams] | None = None
    approval_policy: AskForApproval | None = None
    approvals_reviewer: ApprovalsReviewer | None = None
    sandbox_policy: SandboxPolicy | None = None
    permissions: str | None = None
    model: str | None = None
    service_tier: str | None = None
    effort: ReasoningEffort | None = None
    summary: ReasoningSummary | None = None
    collaboration_mode: CollaborationMode | None = None
    multi_agent_mode: MultiAgentMode | None = None
    personality: Personality | None = None


class ThreadSettingsUpdateResponse(WireModel):
    """ThreadSettingsUpdateResponse."""


class ThreadShellCommandParams(WireModel):
    """ThreadShellCommandParams."""

    thread_id: str
    command: str
    timeout_ms: I64 | None = None


class ThreadShellCommandResponse(WireModel):
    """ThreadShellCommandResponse."""
