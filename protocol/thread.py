"""thread"""

from typing import Annotated, Literal

from protocol.mode import ReasoningEffort
from protocol.turn import Turn
from protocol.wire import (
    I32,
    I64,
    AbsolutePathText,
    AppPath,
    Experimental,
    JsonObject,
    OneKey,
    Part,
    Variants,
    WireModel,
    by_tag,
    spelled,
)

AgentPath = str


class GitInfo(WireModel):
    """GitInfo."""

    sha: str | None = None
    branch: str | None = None
    origin_url: str | None = None


ThreadId = str


class ThreadSpawn(Part):
    """Who spawned the sub-agent. Keys are snake_case on the wire."""

    parent_thread_id: ThreadId = spelled("parent_thread_id")
    depth: I32
    """1 for a child of a root thread."""
    agent_path: AgentPath | None = spelled("agent_path", default=None)
    agent_nickname: str | None = spelled("agent_nickname", default=None)
    agent_role: str | None = spelled("agent_role", default=None)


class ThreadSpawnSubAgentSource(OneKey):
    """`{"thread_spawn": {…}}`: spawned by another agent."""

    thread_spawn: ThreadSpawn = spelled("thread_spawn")


class OtherSubAgentSource(OneKey):
    """`{"other": …}`: a use of sub-agents that has no word here."""

    other: str


SubAgentSource = Annotated[
    Literal["review", "compact", "memory_consolidation"] | ThreadSpawnSubAgentSource | OtherSubAgentSource,
    Variants("SubAgentSource", "review", "compact", "thread_spawn", "memory_consolidation", "other"),
]
"""What a sub-agent's thread is for."""


class CustomSessionSource(OneKey):
    """`{"custom": …}`: a host of its own name."""

    custom: str


class SubAgentSessionSource(OneKey):
    """`{"subAgent": …}`: a thread that another thread owns."""

    sub_agent: SubAgentSource


SessionSource = Annotated[
    Literal["cli", "vscode", "exec", "appServer", "unknown"] | CustomSessionSource | SubAgentSessionSource,
    Variants("SessionSource", "cli", "vscode", "exec", "appServer", "custom", "subAgent", "unknown"),
]
"""What kind of host created the thread."""


SortDirection = Literal["asc", "desc"]


class ThreadEnvironment(WireModel):
    """ThreadEnvironment."""

    environment_id: str
    cwd: AppPath
    runtime_workspace_roots: list[AppPath]


ThreadExtra = JsonObject

ThreadHistoryMode = Literal["legacy", "paginated"]


class ThreadSectionAppearance(WireModel):
    """ThreadSectionAppearance."""

    icon: str | None = None
    color: str | None = None


class ThreadSection(WireModel):
    """ThreadSection."""

    id: str
    name: str
    appearance: ThreadSectionAppearance | None = None


ThreadSource = str

ThreadActiveFlag = Literal["waitingOnApproval", "waitingOnUserInput"]


class NotLoadedThreadStatus(WireModel):
    """NotLoadedThreadStatus."""

    type: Literal["notLoaded"] = "notLoaded"


class IdleThreadStatus(WireModel):
    """IdleThreadStatus."""

    type: Literal["idle"] = "idle"


class SystemErrorThreadStatus(WireModel):
    """SystemErrorThreadStatus."""

    type: Literal["systemError"] = "systemError"


class ActiveThreadStatus(WireModel):
    """ActiveThreadStatus."""

    type: Literal["active"] = "active"
    active_flags: list[ThreadActiveFlag]


ThreadStatus = Annotated[
    NotLoadedThreadStatus | IdleThreadStatus | SystemErrorThreadStatus | ActiveThreadStatus,
    by_tag("type"),
]


class Thread(WireModel):
    """Thread."""

    id: str
    environments: Experimental[list[ThreadEnvironment] | None] = None
    extra: Experimental[ThreadExtra | None] = None
    session_id: str
    forked_from_id: str | None = None
    attached_to_thread_id: Experimental[str | None] = None
    parent_thread_id: str | None = None
    preview: str
    ephemeral: bool
    section: ThreadSection | None = None
    section_entered_at: I64 | None = None
    project_id: str | None
    history_mode: ThreadHistoryMode = "legacy"
    model_provider: str
    model: str | None = None
    reasoning_effort: ReasoningEffort | None = None
    created_at: I64
    updated_at: I64
    recency_at: I64 | None = None
    status: ThreadStatus
    path: str | None = None
    cwd: AbsolutePathText
    cli_version: str
    originator: str | None = None
    source: SessionSource
    can_accept_direct_input: Experimental[bool | None] = None
    thread_source: ThreadSource | None = None
    agent_nickname: str | None = None
    agent_role: str | None = None
    git_info: GitInfo | None = None
    name: str | None = None
    daybreak_enabled: Experimental[bool | None] = None
    turns: list[Turn]
