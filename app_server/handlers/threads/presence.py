"""Whether a thread is there, and for whom: subscription, archive, deletion (threads-and-turns.md §3.8)."""

import logging

from app_server.agent.loaded_threads import LoadedThreads
from app_server.handlers.base import Audience, Call, Reply
from app_server.handlers.errors import refusals
from app_server.handlers.threads.ids import thread_id_of
from app_server.handlers.threads.reads import ThreadReads
from app_server.handlers.threads.view import stored_thread
from app_server.store.errors import StoreError
from app_server.store.threads import LocalThreadStore
from protocol.jsonrpc import invalid_request
from protocol.thread_admin import (
    ThreadArchiveParams,
    ThreadArchiveResponse,
    ThreadDeleteParams,
    ThreadDeleteResponse,
    ThreadUnarchiveParams,
    ThreadUnarchiveResponse,
    ThreadUnsubscribeParams,
    ThreadUnsubscribeResponse,
)
from protocol.thread_changes import (
    ThreadArchivedNotification,
    ThreadDeletedNotification,
    ThreadUnarchivedNotification,
)

logger = logging.getLogger("app_server.handlers")


class ThreadPresence:
    """Changes of what is subscribed to, and of what is stored."""

    def __init__(
        self, store: LocalThreadStore, loaded: LoadedThreads, audience: Audience, reads: ThreadReads
    ) -> None:
        self._store = store
        self._loaded = loaded
        self._audience = audience
        self._reads = reads

    async def unsubscribe(self, call: Call, params: ThreadUnsubscribeParams) -> ThreadUnsubscribeResponse:
        """A running turn goes on; a thread that nobody wants is unloaded later."""
        thread_id = thread_id_of(params.thread_id)
        if self._loaded.get(thread_id) is None:
            return ThreadUnsubscribeResponse(status="notLoaded")
        left = self._audience.unsubscribe(call.client, thread_id)
        return ThreadUnsubscribeResponse(status="unsubscribed" if left else "notSubscribed")

    async def archive(self, _call: Call, params: ThreadArchiveParams) -> Reply[ThreadArchiveResponse]:
        """Stop the thread if it is loaded, and put its log away; then the same with the agents under it."""
        thread_id = thread_id_of(params.thread_id)
        with refusals():
            await self._require_log(thread_id, archived=False)
            agents = await self._store.agents_of(thread_id)
            await self._loaded.unload(thread_id)
            await self._store.archive(thread_id)
            archived = [thread_id, *[agent for agent in agents if await self._archive_agent(agent)]]

        def tell() -> None:
            for one in archived:
                self._audience.emit(ThreadArchivedNotification(thread_id=one))

        return Reply(ThreadArchiveResponse(), tell)

    async def _archive_agent(self, thread_id: str) -> bool:
        """Whether that could be done: an agent's log that cannot be moved stays where it is."""
        try:
            await self._loaded.unload(thread_id)
            await self._store.archive(thread_id)
        except StoreError as error:
            logger.warning("the thread of the agent %s is not archived: %s", thread_id, error)
            return False
        return True

    async def unarchive(self, _call: Call, params: ThreadUnarchiveParams) -> Reply[ThreadUnarchiveResponse]:
        thread_id = thread_id_of(params.thread_id)
        with refusals():
            record = await self._store.unarchive(thread_id)
        status = self._reads.status(thread_id)
        return Reply(
            ThreadUnarchiveResponse(
                thread=stored_thread(record, default_provider=self._reads.default_provider(), status=status)
            ),
            lambda: self._audience.emit(ThreadUnarchivedNotification(thread_id=thread_id)),
        )

    async def delete(self, _call: Call, params: ThreadDeleteParams) -> Reply[ThreadDeleteResponse]:
        """Stop the thread if it is loaded, and remove its log for good."""
        thread_id = thread_id_of(params.thread_id)
        with refusals():
            await self._require_log(thread_id)
            await self._loaded.unload(thread_id)
            await self._store.delete(thread_id)
        return Reply(
            ThreadDeleteResponse(),
            lambda: self._audience.emit(ThreadDeletedNotification(thread_id=thread_id)),
        )

    async def _require_log(self, thread_id: str, *, archived: bool | None = None) -> None:
        """Raises RpcError when nothing of the thread is stored."""
        thread = self._loaded.get(thread_id)
        is_new = thread is not None and not thread.is_stored
        if is_new or await self._store.find(thread_id, archived=archived) is None:
            raise invalid_request(f"no rollout found for thread id {thread_id}", kind="thread_not_found")
