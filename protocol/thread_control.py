"""What can be done to a loaded thread beside turns."""

from typing import Literal

from protocol.mode import CollaborationMode, MultiAgentMode, Personality, ReasoningEffort, ReasoningSummary
from protocol.policy import ApprovalsReviewer, AskForApproval, SandboxPolicy
from protocol.thread import Thread
from protocol.turn_environment import TurnEnvironmentParams
from protocol.wire import I64, U32, U64, AppPath, JsonValue, PathText, WireModel


class ThreadBackgroundTerminal(WireModel):
    """A process that a thread left running."""

    item_id: str
    process_id: str
    command: str
    cwd: AppPath
    os_pid: U32 | None = None
    cpu_percent: float | None = None
    rss_kb: U64 | None = None
    """In kibibytes."""


class ThreadBackgroundTerminalsCleanParams(WireModel):
    """`thread/backgroundTerminals/clean`: ends them all."""

    thread_id: str


class ThreadBackgroundTerminalsCleanResponse(WireModel):
    """Empty."""


class ThreadBackgroundTerminalsListParams(WireModel):
    """`thread/backgroundTerminals/list`."""

    thread_id: str
    cursor: str | None = None
    limit: U32 | None = None


class ThreadBackgroundTerminalsListResponse(WireModel):
    """A page of processes."""

    data: list[ThreadBackgroundTerminal]
    next_cursor: str | None = None


class ThreadBackgroundTerminalsTerminateParams(WireModel):
    """`thread/backgroundTerminals/terminate`."""

    thread_id: str
    process_id: str


class ThreadBackgroundTerminalsTerminateResponse(WireModel):
    """False when there was no such process."""

    terminated: bool


class ThreadCompactStartParams(WireModel):
    """`thread/compact/start`: a turn that compacts the history."""

    thread_id: str


class ThreadCompactStartResponse(WireModel):
    """Empty; the turn follows."""


class ThreadDecrementElicitationParams(WireModel):
    """`thread/decrement_elicitation`: it has its answer."""

    thread_id: str


class ThreadDecrementElicitationResponse(WireModel):
    """How many such questions are open."""

    count: I64
    paused: bool
    """True: timeouts stand still."""


class ThreadIncrementElicitationParams(WireModel):
    """`thread/increment_elicitation`: the client asks the user something by itself."""

    thread_id: str


class ThreadIncrementElicitationResponse(WireModel):
    """How many such questions are open."""

    count: I64
    paused: bool
    """True: timeouts stand still."""


class ThreadInjectItemsParams(WireModel):
    """`thread/inject_items`: adds to the history without a turn."""

    thread_id: str
    items: list[JsonValue]
    """Items of the Responses API."""


class ThreadInjectItemsResponse(WireModel):
    """Empty."""


ThreadMemoryMode = Literal["enabled", "disabled"]
"""Whether memories may be made of the thread."""


class ThreadMemoryModeSetParams(WireModel):
    """`thread/memoryMode/set`."""

    thread_id: str
    mode: ThreadMemoryMode


class ThreadMemoryModeSetResponse(WireModel):
    """Empty."""


class ThreadRevertParams(WireModel):
    """`thread/revert`: takes back a turn and all after it. Files stay as they are."""

    thread_id: str
    before_turn_id: str


class ThreadRevertResponse(WireModel):
    """The thread as it is now."""

    thread: Thread
    turns_backwards_cursor: str | None = None
    items_backwards_cursor: str | None = None


class ThreadRollbackParams(WireModel):
    """`thread/rollback`: takes back the last turns. Files stay as they are."""

    thread_id: str
    num_turns: U32
    """At least 1."""


class ThreadRollbackResponse(WireModel):
    """The thread with the turns that are left."""

    thread: Thread


class ThreadSettingsUpdateParams(WireModel):
    """`thread/settings/update`: settings from the next turn on."""

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
    """Absent: as before. Null: none."""
    effort: ReasoningEffort | None = None
    summary: ReasoningSummary | None = None
    collaboration_mode: CollaborationMode | None = None
    multi_agent_mode: MultiAgentMode | None = None
    personality: Personality | None = None


class ThreadSettingsUpdateResponse(WireModel):
    """Empty."""


class ThreadShellCommandParams(WireModel):
    """`thread/shellCommand`: a command of the user's own, outside of any sandbox."""

    thread_id: str
    command: str
    timeout_ms: I64 | None = None


class ThreadShellCommandResponse(WireModel):
    """Empty; the item follows."""
