"""`thread/search`, `thread/searchOccurrences`: words that were said, in all threads and in one."""

import orjson

from app_server.handlers.base import Call
from app_server.handlers.errors import refusals
from app_server.handlers.threads.ids import thread_id_of
from app_server.handlers.threads.reads import ThreadReads
from app_server.handlers.threads.view import stored_thread
from app_server.prompt.contextual import is_contextual
from app_server.store.finding import Occurrence, in_one_line, occurrences
from app_server.store.thread_list import ThreadQuery, page_limit
from app_server.store.threads import LocalThreadStore
from protocol.jsonrpc import invalid_request
from protocol.thread_search import (
    ThreadSearchOccurrence,
    ThreadSearchOccurrencesParams,
    ThreadSearchOccurrencesResponse,
    ThreadSearchParams,
    ThreadSearchResponse,
    ThreadSearchResult,
    ThreadSearchTextRange,
)


class ThreadSearch:
    """Looks at the logs themselves: there is no index that could be behind them."""

    def __init__(self, store: LocalThreadStore, reads: ThreadReads) -> None:
        self._store = store
        self._reads = reads

    async def search(self, _call: Call, params: ThreadSearchParams) -> ThreadSearchResponse:
        """The threads in which somebody said it, each with the first place."""
        if not params.search_term.strip():
            raise invalid_request("thread/search requires a non-empty searchTerm")
        default_provider = self._reads.default_provider()
        query = ThreadQuery(
            limit=page_limit(params.limit),
            cursor=params.cursor,
            sort="created_at" if params.sort_key in (None, "created_at") else "updated_at",
            descending=params.sort_direction != "asc",
            archived=params.archived or False,
            default_provider=default_provider,
            source_kinds=frozenset(params.source_kinds or ()),
        )
        with refusals():
            page, places = await self._store.search(query, params.search_term, is_contextual)
        return ThreadSearchResponse(
            data=[
                ThreadSearchResult(
                    thread=stored_thread(
                        record, default_provider=default_provider, status=self._reads.status(record.id)
                    ),
                    snippet=in_one_line(places[record.id].snippet),
                )
                for record in page.records
            ],
            next_cursor=page.next_cursor,
            backwards_cursor=page.backwards_cursor,
        )

    async def search_occurrences(
        self, _call: Call, params: ThreadSearchOccurrencesParams
    ) -> ThreadSearchOccurrencesResponse:
        """The places in one thread, in its order."""
        if not params.search_term.strip():
            raise invalid_request("thread/searchOccurrences requires a non-empty searchTerm")
        start = 0
        if params.cursor is not None:
            if not (params.cursor.isascii() and params.cursor.isdecimal()):
                raise invalid_request(f"invalid cursor: {params.cursor}", kind="invalid_cursor")
            start = int(params.cursor)
        thread_id = thread_id_of(params.thread_id)
        with refusals():
            turns = await self._reads.turns_of(thread_id, "thread/searchOccurrences")
        found = list(occurrences(turns, params.search_term))
        end = start + page_limit(params.limit)
        return ThreadSearchOccurrencesResponse(
            data=[_on_wire(one) for one in found[start:end]],
            next_cursor=str(end) if end < len(found) else None,
        )


def _on_wire(one: Occurrence) -> ThreadSearchOccurrence:
    return ThreadSearchOccurrence(
        turn_id=one.turn_id,
        item_id=one.item_id,
        snippet=one.snippet,
        snippet_match_range=ThreadSearchTextRange(start=one.start, end=one.end),
        turn_cursor=orjson.dumps({"turnId": one.turn_id, "includeAnchor": True}).decode(),
    )
