"""Pages of a thread's turns and items (threads-and-turns.md §3.7)."""

from collections.abc import Callable, Sequence
from typing import NamedTuple, TypeVar

import orjson

from app_server.handlers.base import Call
from app_server.handlers.errors import refusals
from app_server.handlers.threads.ids import thread_id_of
from app_server.handlers.threads.reads import ThreadReads
from protocol.item import AgentMessageThreadItem, ThreadItem, UserMessageThreadItem
from protocol.jsonrpc import METHOD_NOT_FOUND, RpcError, invalid_request
from protocol.timeline import (
    ItemThreadItemsListAnchor,
    ThreadItemEntry,
    ThreadItemsListParams,
    ThreadItemsListResponse,
    ThreadItemsReadParams,
    ThreadItemsReadResponse,
    ThreadTurnsItemsListParams,
    ThreadTurnsItemsListResponse,
    ThreadTurnsListParams,
    ThreadTurnsListResponse,
)
from protocol.turn import Turn, TurnItemsView

Row = TypeVar("Row")


class _Anchor(NamedTuple):
    """The row that a page begins at, or right after."""

    id: str
    included: bool


class _Page(NamedTuple):
    first: str | None
    """The cursor to go back with; None on an empty page."""
    following: str | None


class ThreadPages:
    """Reads turns as `thread/read` does, a page at a time."""

    def __init__(self, reads: ThreadReads) -> None:
        self._reads = reads

    async def turns(self, _call: Call, params: ThreadTurnsListParams) -> ThreadTurnsListResponse:
        """The newest first, with what was asked and answered, unless the request wants it otherwise."""
        thread_id = thread_id_of(params.thread_id)
        anchor = None if params.cursor is None else _anchor(params.cursor, "turnId")
        with refusals():
            turns = await self._reads.turns_of(thread_id, "thread/turns/list")
        if params.sort_direction != "asc":
            turns = turns[::-1]
        rows, page = _page(turns, lambda turn: turn.id, anchor, params.limit, "turn")
        view = params.items_view or "summary"
        return ThreadTurnsListResponse(
            data=[_viewed(turn, view) for turn in rows],
            next_cursor=page.following,
            backwards_cursor=page.first,
        )

    async def items(self, _call: Call, params: ThreadItemsListParams) -> ThreadItemsListResponse:
        """The items of a thread, or of one of its turns."""
        thread_id = thread_id_of(params.thread_id)
        anchor = _anchor(params.cursor, "itemId") if isinstance(params.cursor, str) else None
        with refusals():
            entries = _entries(await self._reads.turns_of(thread_id, "thread/items/list"))
        if params.turn_id is not None:
            entries = [entry for entry in entries if entry.turn_id == params.turn_id]
        if params.sort_direction != "asc":
            entries = entries[::-1]
        if isinstance(params.cursor, ItemThreadItemsListAnchor):
            named = params.cursor.item_id
            places = (_place(entry) for entry in entries if entry.item.id == named)
            anchor = _Anchor(next(places, named), included=True)
        rows, page = _page(entries, _place, anchor, params.limit, "item")
        return ThreadItemsListResponse(
            data=list(rows), next_cursor=page.following, backwards_cursor=page.first
        )

    async def read_items(self, _call: Call, params: ThreadItemsReadParams) -> ThreadItemsReadResponse:
        """The items of these ids, in the order of the thread; those that are not there are left out."""
        thread_id, wanted = thread_id_of(params.thread_id), frozenset(params.item_ids)
        with refusals():
            entries = _entries(await self._reads.turns_of(thread_id, "thread/items/read"))
        return ThreadItemsReadResponse(
            data=[entry for entry in entries if entry.turn_id == params.turn_id and entry.item.id in wanted]
        )

    async def items_of_turn(
        self, _call: Call, _params: ThreadTurnsItemsListParams
    ) -> ThreadTurnsItemsListResponse:
        """Reserved, and always refused."""
        raise RpcError(METHOD_NOT_FOUND, "thread/turns/items/list is not supported yet")


def _entries(turns: Sequence[Turn]) -> list[ThreadItemEntry]:
    return [ThreadItemEntry(turn_id=turn.id, item=item) for turn in turns for item in turn.items]


def _place(entry: ThreadItemEntry) -> str:
    """Names an entry in a cursor: nothing keeps a provider from using an id of an item twice."""
    return f"{entry.turn_id}/{entry.item.id}"


def _page(
    rows: Sequence[Row], id_of: Callable[[Row], str], anchor: _Anchor | None, limit: int | None, what: str
) -> tuple[Sequence[Row], _Page]:
    start = 0
    if anchor is not None:
        places = [place for place, row in enumerate(rows) if id_of(row) == anchor.id]
        if not places:
            raise invalid_request(
                f"invalid cursor: anchor {what} is no longer present", kind="invalid_cursor"
            )
        start = places[0] if anchor.included else places[0] + 1
    end = start + (25 if limit is None else min(100, max(1, limit)))
    found = rows[start:end]
    if not found:
        return found, _Page(None, None)
    more = _cursor(id_of(found[-1]), what, included=False) if end < len(rows) else None
    return found, _Page(_cursor(id_of(found[0]), what, included=True), more)


def cursors_of_last(turns: Sequence[Turn]) -> tuple[str | None, str | None]:
    """From where to read turns and items backwards, the last ones first."""
    entries = _entries(turns)
    turn = _cursor(turns[-1].id, "turn", included=True) if turns else None
    return turn, _cursor(_place(entries[-1]), "item", included=True) if entries else None


def _cursor(row_id: str, what: str, *, included: bool) -> str:
    return orjson.dumps({f"{what}Id": row_id, "includeAnchor": included}).decode()


def _anchor(cursor: str, key: str) -> _Anchor:
    try:
        found = orjson.loads(cursor)
    except orjson.JSONDecodeError:
        found = None
    match found:
        case {"includeAnchor": bool(included)} if isinstance(found.get(key), str):
            return _Anchor(found[key], included)
        case _:
            raise invalid_request(f"invalid cursor: {cursor}", kind="invalid_cursor")


def _viewed(turn: Turn, view: TurnItemsView) -> Turn:
    items: list[ThreadItem] = []
    if view == "full":
        items = turn.items
    elif view == "summary":
        said = next((item for item in turn.items if isinstance(item, UserMessageThreadItem)), None)
        answered = next(
            (item for item in reversed(turn.items) if isinstance(item, AgentMessageThreadItem)), None
        )
        items = [item for item in (said, answered) if item is not None]
    return turn.model_copy(update={"items": items, "items_view": view})
