"""Telling which threads are in memory (threads-and-turns.md §3.6)."""

from app_server.agent.loaded_threads import LoadedThreads
from app_server.handlers.base import Call
from app_server.handlers.threads.ids import thread_id_of
from protocol.jsonrpc import RpcError, invalid_request
from protocol.thread_loaded import ThreadLoadedListParams, ThreadLoadedListResponse


class ThreadLoaded:
    """Lists what is loaded, without a look at what is stored."""

    def __init__(self, loaded: LoadedThreads) -> None:
        self._loaded = loaded

    async def list_page(self, _call: Call, params: ThreadLoadedListParams) -> ThreadLoadedListResponse:
        ids = self._loaded.ids()
        if params.cursor is not None:
            try:
                after = thread_id_of(params.cursor)
            except RpcError:
                raise invalid_request(f"invalid cursor: {params.cursor}", kind="invalid_cursor") from None
            ids = [thread_id for thread_id in ids if thread_id > after]
        limit = len(ids) if params.limit is None else max(1, params.limit)
        page = list(ids[:limit])
        return ThreadLoadedListResponse(data=page, next_cursor=page[-1] if len(ids) > limit else None)
