"""Searching in threads."""

from typing import Literal

from protocol.thread import SortDirection, Thread
from protocol.thread_list import ThreadSourceKind
from protocol.wire import U32, WireModel


class ThreadSearchTextRange(WireModel):
    """A stretch of a snippet."""

    start: U32
    end: U32


class ThreadSearchOccurrence(WireModel):
    """A place in a thread."""

    turn_id: str
    item_id: str
    snippet: str
    snippet_match_range: ThreadSearchTextRange
    turn_cursor: str
    """For `thread/turns/list`, to show the place in its context."""


class ThreadSearchOccurrencesParams(WireModel):
    """`thread/searchOccurrences`: where in a thread."""

    thread_id: str
    search_term: str
    cursor: str | None = None
    limit: U32 | None = None


class ThreadSearchOccurrencesResponse(WireModel):
    """A page of places."""

    data: list[ThreadSearchOccurrence]
    next_cursor: str | None = None


ThreadSearchSortKey = Literal["created_at", "updated_at", "recency_at"]
"""What results are sorted by."""


class ThreadSearchParams(WireModel):
    """`thread/search`: which threads speak of something."""

    include_attached_threads: bool = False
    current_account_only: bool = False
    cursor: str | None = None
    limit: U32 | None = None
    sort_key: ThreadSearchSortKey | None = None
    sort_direction: SortDirection | None = None
    source_kinds: list[ThreadSourceKind] | None = None
    archived: bool | None = None
    search_term: str


class ThreadSearchResult(WireModel):
    """A thread that does."""

    thread: Thread
    snippet: str


class ThreadSearchResponse(WireModel):
    """A page of results."""

    data: list[ThreadSearchResult]
    next_cursor: str | None = None
    backwards_cursor: str | None = None
