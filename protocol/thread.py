"""A conversation, and what is known of it (threads-and-turns.md §2)."""

from typing import Annotated, Literal

from pydantic import Field

from protocol.mode import ReasoningEffort
from protocol.turn import Turn
from protocol.wire import (
    I32,
    I64,
    AbsolutePathText,
    AppPath,
    Dated,
    Experimental,
    JsonObject,
    OneKey,
    Part,
    Variants,
    WireModel,
    spelled,
)

AgentPath = str
"""A sub-agent's place among its relatives."""


class GitInfo(WireModel):
    """The repository when the thread began."""

    sha: str | None = None
    """Of the commit."""
    branch: str | None = None
    origin_url: str | None = None


ThreadId = str
"""A UUID, lower case and with dashes."""


class ThreadSpawn(Part):
    """Who spawned the sub-agent. Keys are snake_case on the wire."""

    parent_thread_id: Annotated[ThreadId, spelled("parent_thread_id")]
    depth: I32
    """1 for a child of a root thread."""
    agent_path: Annotated[AgentPath | None, spelled("agent_path")] = None
    agent_nickname: Annotated[str | None, spelled("agent_nickname")] = None
    agent_role: Annotated[str | None, spelled("agent_role")] = None


class ThreadSpawnSubAgentSource(OneKey):
    """`{"thread_spawn": {…}}`: spawned by another agent."""

    thread_spawn: Annotated[ThreadSpawn, spelled("thread_spawn")]


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
"""The order of a list."""


class ThreadEnvironment(WireModel):
    """A place where a thread's commands run."""

    environment_id: str
    cwd: AppPath
    runtime_workspace_roots: list[AppPath]


ThreadExtra = JsonObject
"""Notes of an implementation; opaque."""

ThreadHistoryMode = Literal["legacy", "paginated"]
"""How the history is handed out: whole, or in pages."""


class ThreadSectionAppearance(WireModel):
    """How a section is shown."""

    icon: str | None = None
    color: str | None = None


class ThreadSection(WireModel):
    """A group that the user sorted threads into."""

    id: str
    name: str
    appearance: ThreadSectionAppearance | None = None


ThreadSource = Annotated[str, Dated(listed=("user", "subagent", "memory_consolidation"))]
"""What a thread is for, in a word of the client's: `user`, `subagent`, …"""

ThreadActiveFlag = Literal["waitingOnApproval", "waitingOnUserInput"]
"""What an active thread waits for."""


class NotLoadedThreadStatus(WireModel):
    """Only on disk."""

    type: Literal["notLoaded"] = "notLoaded"


class IdleThreadStatus(WireModel):
    """In memory, nothing runs."""

    type: Literal["idle"] = "idle"


class SystemErrorThreadStatus(WireModel):
    """The last turn failed; stays until the next one starts."""

    type: Literal["systemError"] = "systemError"


class ActiveThreadStatus(WireModel):
    """A turn runs, or a question is open."""

    type: Literal["active"] = "active"
    active_flags: list[ThreadActiveFlag]
    """What it waits for, if anything."""


ThreadStatus = Annotated[
    NotLoadedThreadStatus | IdleThreadStatus | SystemErrorThreadStatus | ActiveThreadStatus,
    Field(discriminator="type"),
]
"""What a thread is doing."""


class Thread(WireModel):
    """A conversation. All keys are always sent."""

    id: str
    environments: Experimental[list[ThreadEnvironment] | None] = None
    """Null when the thread is not loaded."""
    extra: Experimental[ThreadExtra | None] = None
    session_id: str
    """The root of the live tree of agents; the thread's own id for roots."""
    forked_from_id: str | None = None
    """The thread that this one was forked from."""
    attached_to_thread_id: Experimental[str | None] = None
    parent_thread_id: str | None = None
    """Of a sub-agent: who owns it."""
    preview: str
    """The first user text; empty before there is one."""
    ephemeral: bool
    """In memory only; `path` is then null."""
    section: ThreadSection | None = None
    section_entered_at: I64 | None = None
    """Unix seconds."""
    project_id: str | None
    history_mode: ThreadHistoryMode = "legacy"
    model_provider: str
    model: str | None = None
    """The configured one when loaded, else the last that was recorded."""
    reasoning_effort: ReasoningEffort | None = None
    created_at: I64
    """Unix seconds."""
    updated_at: I64
    """Unix seconds."""
    recency_at: I64 | None = None
    """Unix seconds, what lists by recency sort by."""
    status: ThreadStatus
    path: str | None = None
    """The rollout file; told before it exists."""
    cwd: AbsolutePathText
    cli_version: str
    """The version that created the thread."""
    originator: str | None = None
    """The client that created the thread."""
    source: SessionSource
    can_accept_direct_input: Experimental[bool | None] = None
    """Null when the thread is not loaded."""
    thread_source: ThreadSource | None = None
    agent_nickname: str | None = None
    """Of a sub-agent."""
    agent_role: str | None = None
    """Of a sub-agent."""
    git_info: GitInfo | None = None
    """Null until the thread has been recorded."""
    name: str | None = None
    """The user's title; null when there is none, or it equals the preview."""
    daybreak_enabled: Experimental[bool | None] = None
    turns: list[Turn]
    """Filled by resume, fork, rollback, and by read with `includeTurns`; else empty."""
