"""Pages of threads: which, in what order, and where the next page begins (threads-and-turns.md §3.5).

Threads are ordered by instant and id together, and a cursor names both. The reference's cursors name an
instant alone, and threads of one second fall between two of its pages; they are accepted all the same.
"""

import os
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from typing import Final, Literal

from app_server.store.errors import BadCursorError
from app_server.store.thread_record import ThreadRecord
from app_server.store.timestamps import parse_instant, utc_ms

INTERACTIVE: Final = frozenset({"cli", "vscode", "custom:atlas", "custom:chatgpt"})
"""The kinds that are listed when none are asked for."""
_SUBAGENTS: Final = frozenset({"subAgentReview", "subAgentCompact", "subAgentThreadSpawn", "subAgentOther"})

Place = tuple[int, str]
"""Where a thread stands in the order: its instant in milliseconds, and its id."""


@dataclass(frozen=True, slots=True)
class ThreadQuery:
    """`None` filters nothing; an empty set of providers or folders is no filter, respectively no thread."""

    limit: int = 25
    cursor: str | None = None
    sort: Literal["created_at", "updated_at"] = "created_at"
    descending: bool = True
    archived: bool = False
    model_providers: frozenset[str] | None = None
    default_provider: str | None = None
    """What a thread without a provider counts as."""
    source_kinds: frozenset[str] = frozenset()
    cwds: tuple[str, ...] | None = None
    """Absolute folders."""
    search: str | None = None
    also: Callable[[ThreadRecord], bool] | None = None
    """Asked last, of those that all else lets through."""


@dataclass(frozen=True, slots=True)
class ThreadPage:
    """`backwards_cursor` goes with the opposite direction and finds the page's first row again."""

    records: tuple[ThreadRecord, ...]
    next_cursor: str | None
    backwards_cursor: str | None


def page_limit(asked: int | None) -> int:
    """25 unless asked for, within 1 and 100."""
    return 25 if asked is None else min(max(asked, 1), 100)


def parse_cursor(cursor: str, *, descending: bool) -> Place:
    """Raises BadCursorError. A cursor without an id stands before or behind all threads of its instant."""
    text, _, thread_id = cursor.partition("|")
    instant = parse_instant(text)
    if instant is None:
        raise BadCursorError(cursor)
    return instant, thread_id or ("" if descending else "~")


def build_page(
    query: ThreadQuery,
    places: Iterable[Place],
    record_of: Callable[[str], ThreadRecord | None],
) -> ThreadPage:
    """Fill a page from all places, reading only the records that it takes."""
    after = None if query.cursor is None else parse_cursor(query.cursor, descending=query.descending)
    limit = page_limit(query.limit)
    accepts = _filter(query)
    rows: list[tuple[Place, ThreadRecord]] = []
    for place in _in_order(places, after, descending=query.descending):
        record = record_of(place[1])
        if record is None or not accepts(record):
            continue
        if len(rows) == limit:
            return _page(rows, descending=query.descending, more=True)
        rows.append((place, record))
    return _page(rows, descending=query.descending, more=False)


def _in_order(places: Iterable[Place], after: Place | None, *, descending: bool) -> Iterator[Place]:
    for place in sorted(places, reverse=descending):
        if after is None or (place < after if descending else place > after):
            yield place


def _page(rows: list[tuple[Place, ThreadRecord]], *, descending: bool, more: bool) -> ThreadPage:
    if not rows:
        return ThreadPage((), None, None)
    (first, _), (last, _) = rows[0][0], rows[-1][0]
    return ThreadPage(
        records=tuple(record for _, record in rows),
        next_cursor=f"{utc_ms(last)}|{rows[-1][0][1]}" if more else None,
        backwards_cursor=utc_ms(first + (-1 if descending else 1)),
    )


def _filter(query: ThreadQuery) -> Callable[[ThreadRecord], bool]:
    kinds = query.source_kinds or INTERACTIVE
    if "subAgent" in kinds:
        kinds |= _SUBAGENTS
    folders = None if query.cwds is None else {real for cwd in query.cwds for real in (cwd, _real(cwd))}

    def accepts(record: ThreadRecord) -> bool:
        if not record.preview or record.source_kind not in kinds:
            return False
        if (
            query.model_providers
            and (record.model_provider or query.default_provider) not in query.model_providers
        ):
            return False
        if folders is not None and record.cwd not in folders and _real(record.cwd) not in folders:
            return False
        named = not query.search or query.search in (record.name or "") or query.search in record.preview
        return named and (query.also is None or query.also(record))

    return accepts


def _real(cwd: str) -> str:
    return os.path.realpath(cwd)
