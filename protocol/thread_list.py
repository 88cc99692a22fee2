"""thread_list"""

from typing import Literal

from protocol.read_state import ThreadReadState
from protocol.thread import SortDirection, Thread
from protocol.wire import U32, Experimental, WireModel

ThreadListCwdFilter = str | list[str]

ThreadSortKey = Literal["created_at", "updated_at", "recency_at", "section_position"]

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


class ThreadListParams(WireModel):
    """ThreadListParams."""

    include_attached_threads: Experimental[bool] = False
    current_account_only: bool = False
    cursor: str | None = None
    limit: U32 | None = None
    excluded_thread_ids: list[str] | None = None
    sort_key: ThreadSortKey | None = None
    sort_direction: SortDirection | None = None
    model_providers: list[str] | None = None
    source_kinds: list[ThreadSourceKind] | None = None
    originators: list[str] | None = None
    archived: bool | None = None
    section_id: str | None = None
    project_id: Experimental[str | None] = None
    cwd: ThreadListCwdFilter | None = None
    use_state_db_only: bool = False
    search_term: str | None = None
    parent_thread_id: Experimental[str | None] = None
    ancestor_thread_id: Experimental[str | None] = None
    attached_to_thread_id: Experimental[str | None] = None


class ThreadListResponse(WireModel):
    """ThreadListResponse."""

    data: list[Thread]
    read_states: Experimental[dict[str, ThreadReadState] | None] = None
    next_cursor: str | None = None
    backwards_cursor: str | None = None


class ThreadLoadedListParams(WireModel):
    """ThreadLoadedListParams."""

    cursor: str | None = None
    limit: U32 | None = None


class ThreadLoadedListResponse(WireModel):
    """ThreadLoadedListResponse."""

    data: list[str]
    next_cursor: str | None = None


class ThreadReadParams(WireModel):
    """ThreadReadParams."""

    thread_id: str
    include_turns: bool = False


class ThreadReadResponse(WireModel):
    """ThreadReadResponse."""

    thread: Thread
    read_state: Experimental[ThreadReadState | None] = None
