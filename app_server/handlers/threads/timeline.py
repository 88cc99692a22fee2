"""`thread/timeline/list`: the beginnings and ends of turns and what lies between them, in one order."""

from collections.abc import Iterator, Sequence

import orjson

from app_server.handlers.base import Call
from app_server.handlers.errors import refusals
from app_server.handlers.threads.ids import thread_id_of
from app_server.handlers.threads.reads import ThreadReads
from app_server.store.thread_list import page_limit
from protocol.jsonrpc import invalid_request
from protocol.timeline import (
    ItemThreadTimelineEntry,
    ThreadTimelineEntry,
    ThreadTimelineListParams,
    ThreadTimelineListResponse,
    TurnCompletedThreadTimelineEntry,
    TurnStartedThreadTimelineEntry,
)
from protocol.turn import Turn


class ThreadTimeline:
    """Reads turns as `thread/read` does. What was spoken is not in the log, and so not in here."""

    def __init__(self, reads: ThreadReads) -> None:
        self._reads = reads

    async def list_page(self, _call: Call, params: ThreadTimelineListParams) -> ThreadTimelineListResponse:
        """The newest page first; within it the oldest entry first."""
        before = None if params.cursor is None else _position(params.cursor)
        thread_id = thread_id_of(params.thread_id)
        with refusals():
            turns = await self._reads.turns_of(thread_id, "thread/timeline/list")
        entries = list(_entries(turns))
        if before is not None:
            entries = entries[: max(0, before - 1)]
        page = entries[-page_limit(params.limit) :]
        more = len(entries) > len(page)
        return ThreadTimelineListResponse(
            data=page, next_cursor=_cursor(page[0].position) if more and page else None
        )


def _entries(turns: Sequence[Turn]) -> Iterator[ThreadTimelineEntry]:
    """Positions count from 1, and stay as the thread goes on."""
    position = 0
    for turn in turns:
        position += 1
        yield TurnStartedThreadTimelineEntry(position=position, turn_id=turn.id, started_at=turn.started_at)
        for item in turn.items:
            position += 1
            yield ItemThreadTimelineEntry(position=position, turn_id=turn.id, item=item)
        if turn.status != "inProgress":
            position += 1
            yield TurnCompletedThreadTimelineEntry(
                position=position,
                turn_id=turn.id,
                status=turn.status,
                error=turn.error,
                started_at=turn.started_at,
                completed_at=turn.completed_at,
                duration_ms=turn.duration_ms,
            )


def _cursor(position: int) -> str:
    return orjson.dumps({"position": position}).decode()


def _position(cursor: str) -> int:
    try:
        found = orjson.loads(cursor)
    except orjson.JSONDecodeError:
        found = None
    match found:
        case {"position": int(position)}:
            return position
        case _:
            raise invalid_request("invalid thread timeline cursor", kind="invalid_cursor")
