"""Finding and reading threads (threads-and-turns.md §3.4 to 3.6)."""

from typing import Annotated, Literal

from protocol.read_state import ThreadReadState
from protocol.thread import SortDirection, Thread
from protocol.wire import U32, Experimental, Variants, WireModel

ThreadListCwdFilter = Annotated[str | list[str], Variants("ThreadListCwdFilter")]
"""One directory or several; exact matches."""

ThreadSortKey = Literal["created_at", "updated_at", "recency_at", "section_position"]
"""What a list is sorted by."""

ThreadSourceKind = Literal[
    "cli",
    "vscode",
    "exec",
    "appServer",
    "subAgent",
    "subAgentReview",
    "subAgentCompact",
    "subAgentThreadSpawn",
    "subAgentOther",
    "unknown",
]
"""Kinds of threads to list."""


class ThreadListParams(WireModel):
    """`thread/list`."""

    include_attached_threads: Experimental[bool] = False
    current_account_only: bool = False
    cursor: str | None = None
    """From an earlier page, opaque."""
    limit: U32 | None = None
    """1 to 100, else clamped; absent: 25."""
    excluded_thread_ids: list[str] | None = None
    sort_key: ThreadSortKey | None = None
    sort_direction: SortDirection | None = None
    model_providers: list[str] | None = None
    """Absent or null: the configured provider's only. Empty: all."""
    source_kinds: list[ThreadSourceKind] | None = None
    """Absent or empty: those that people started."""
    originators: list[str] | None = None
    archived: bool | None = None
    """True: only archived ones; else only those that are not."""
    section_id: str | None = None
    project_id: Experimental[str | None] = None
    cwd: ThreadListCwdFilter | None = None
    use_state_db_only: bool = False
    """True: no look at the disk for what the index may lack."""
    search_term: str | None = None
    """A part of the title, in exact case."""
    parent_thread_id: Experimental[str | None] = None
    ancestor_thread_id: Experimental[str | None] = None
    attached_to_thread_id: Experimental[str | None] = None


class ThreadListResponse(WireModel):
    """A page of threads, without their turns."""

    data: list[Thread]
    read_states: Experimental[dict[str, ThreadReadState] | None] = None
    """Thread id → state; null when it is not kept."""
    next_cursor: str | None = None
    """Null on the last page."""
    backwards_cursor: str | None = None
    """For what is newer than this page, in the opposite direction."""


class ThreadReadParams(WireModel):
    """`thread/read`: a thread without loading it."""

    thread_id: str
    include_turns: bool = False


class ThreadReadResponse(WireModel):
    """The thread."""

    thread: Thread
    read_state: Experimental[ThreadReadState | None] = None
