"""What replaces a thread's history: compaction, rollback, revert (threads-and-turns.md §3.13)."""

from app_server.agent.loaded_threads import LoadedThreads
from app_server.agent.rollback import revert, roll_back
from app_server.handlers.base import Audience, Call, Reply
from app_server.handlers.errors import refusals
from app_server.handlers.threads.ids import thread_id_of
from app_server.handlers.threads.pages import cursors_of_last
from app_server.handlers.threads.reads import ThreadReads
from app_server.handlers.threads.view import loaded_thread
from app_server.store.threads import LocalThreadStore
from protocol.thread_changes import ThreadRevertedNotification
from protocol.thread_control import (
    ThreadCompactStartParams,
    ThreadCompactStartResponse,
    ThreadRevertParams,
    ThreadRevertResponse,
    ThreadRollbackParams,
    ThreadRollbackResponse,
)


class ThreadHistory:
    """Histories of the threads that are loaded."""

    def __init__(
        self, store: LocalThreadStore, loaded: LoadedThreads, reads: ThreadReads, audience: Audience
    ) -> None:
        self._audience = audience
        self._store = store
        self._loaded = loaded
        self._reads = reads

    async def compact(
        self, _call: Call, params: ThreadCompactStartParams
    ) -> Reply[ThreadCompactStartResponse]:
        """Answered at once; the turn that compacts follows, and one that runs is stopped for it."""
        with refusals():
            thread = self._loaded.require(thread_id_of(params.thread_id))
        return Reply(ThreadCompactStartResponse(), lambda: thread.run(thread.prepare_compaction()))

    async def roll_back(self, _call: Call, params: ThreadRollbackParams) -> ThreadRollbackResponse:
        """Answered with the turns that are left, after the usage was told anew."""
        with refusals():
            thread = self._loaded.require(thread_id_of(params.thread_id))
            turns = await roll_back(thread, self._store, params.num_turns)
            record = await self._reads.record(thread.id)
        return ThreadRollbackResponse(thread=loaded_thread(thread, turns, record))

    async def revert(self, _call: Call, params: ThreadRevertParams) -> Reply[ThreadRevertResponse]:
        """A turn that runs is stopped for it; files that turns have changed stay as they are."""
        with refusals():
            thread = self._loaded.require(thread_id_of(params.thread_id))
            turns = await revert(thread, self._store, params.before_turn_id)
            record = await self._reads.record(thread.id)
        newest_turn, newest_item = cursors_of_last(turns)
        return Reply(
            ThreadRevertResponse(
                thread=loaded_thread(thread, (), record),
                turns_backwards_cursor=newest_turn,
                items_backwards_cursor=newest_item,
            ),
            lambda: self._audience.emit(ThreadRevertedNotification(thread_id=thread.id), thread.id),
        )
