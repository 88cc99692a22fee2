"""What changes a thread but runs nothing: subscription, archive, name (threads-and-turns.md §3.8–3.10)."""

import logging

from app_server.agent.loaded_threads import LoadedThreads
from app_server.handlers.base import Audience, Call, Reply
from app_server.handlers.errors import refusals
from app_server.handlers.thread_ids import thread_id_of
from app_server.handlers.thread_reads import ThreadReads
from app_server.handlers.thread_view import stored_thread
from app_server.store.errors import StoreError
from app_server.store.threads import LocalThreadStore
from protocol.jsonrpc import invalid_request
from protocol.thread_admin import (
    ThreadArchiveParams,
    ThreadArchiveResponse,
    ThreadSetNameParams,
    ThreadSetNameResponse,
    ThreadUnarchiveParams,
    ThreadUnarchiveResponse,
    ThreadUnsubscribeParams,
    ThreadUnsubscribeResponse,
)
from protocol.thread_changes import (
    ThreadArchivedNotification,
    ThreadNameUpdatedNotification,
    ThreadUnarchivedNotification,
)

logger = logging.getLogger("app_server.handlers")


class ThreadChanges:
    """Changes of what is subscribed to, stored and named."""

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
        thread = self._loaded.get(thread_id)
        if thread is not None and not thread.is_stored:
            raise invalid_request(f"no rollout found for thread id {thread_id}", kind="thread_not_found")
        with refusals():
            if await self._store.find(thread_id, archived=False) is None:
                raise invalid_request(f"no rollout found for thread id {thread_id}", kind="thread_not_found")
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
        thread = self._loaded.get(thread_id)
        status = None if thread is None else thread.session.status.current
        return Reply(
            ThreadUnarchiveResponse(
                thread=stored_thread(record, default_provider=self._reads.default_provider(), status=status)
            ),
            lambda: self._audience.emit(ThreadUnarchivedNotification(thread_id=thread_id)),
        )

    async def set_name(self, _call: Call, params: ThreadSetNameParams) -> Reply[ThreadSetNameResponse]:
        """Name a thread, loaded or stored; a loaded one without a log gets one."""
        thread_id = thread_id_of(params.thread_id)
        thread = self._loaded.get(thread_id)
        if thread is not None and thread.facts.ephemeral:
            raise invalid_request(f"ephemeral thread does not support metadata updates: {thread_id}")
        with refusals():
            name = await self._store.set_name(thread_id, params.name)
        return Reply(
            ThreadSetNameResponse(),
            lambda: self._audience.emit(ThreadNameUpdatedNotification(thread_id=thread_id, thread_name=name)),
        )
