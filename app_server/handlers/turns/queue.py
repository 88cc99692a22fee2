"""`thread/queue/*`: input that waits for its turn."""

from collections.abc import Sequence
from functools import partial
from pathlib import Path

from anyio.abc import TaskGroup

from app_server.agent.loaded_threads import LoadedThreads
from app_server.agent.thread import AgentThread
from app_server.agent.waiting_input import WaitingInput
from app_server.handlers.base import Audience, Call, Reply
from app_server.handlers.errors import refusals
from app_server.handlers.threads.ids import thread_id_of
from app_server.handlers.turns.start import check_size
from app_server.store.queues import QueueFiles
from app_server.store.threads import LocalThreadStore
from protocol.input import UserInput
from protocol.jsonrpc import internal_error, invalid_request
from protocol.queue import (
    ThreadQueueAddParams,
    ThreadQueueAddResponse,
    ThreadQueueChangedNotification,
    ThreadQueueDeleteParams,
    ThreadQueueDeleteResponse,
    ThreadQueueListParams,
    ThreadQueueListResponse,
    ThreadQueueReorderParams,
    ThreadQueueReorderResponse,
    ThreadQueueStartParams,
    ThreadQueueStartResponse,
    ThreadQueueUpdateParams,
    ThreadQueueUpdateResponse,
)


class ThreadQueues:
    """Owns the queues, each from the first time that somebody asks about it."""

    def __init__(
        self,
        codex_home: Path,
        store: LocalThreadStore,
        loaded: LoadedThreads,
        audience: Audience,
        tasks: TaskGroup,
    ) -> None:
        self._files = QueueFiles(codex_home)
        self._store = store
        self._loaded = loaded
        self._audience = audience
        self._tasks = tasks
        self._queues: dict[str, WaitingInput] = {}

    async def add(self, _call: Call, params: ThreadQueueAddParams) -> Reply[ThreadQueueAddResponse]:
        """At the end; a thread that has nothing to do begins with it at once."""
        _check(params.input)
        queue, thread = await self._queue(params.thread_id)
        entry = await queue.add(
            params.input, params.client_user_message_id, params.responsesapi_client_metadata
        )

        def tell() -> None:
            self._changed(thread_id_of(params.thread_id))
            if thread is not None:
                queue.go_on(thread)

        return Reply(ThreadQueueAddResponse(queued_submission=entry), tell)

    async def list_page(self, _call: Call, params: ThreadQueueListParams) -> ThreadQueueListResponse:
        queue, _ = await self._queue(params.thread_id)
        cursor = params.cursor or "0"
        if not (cursor.isascii() and cursor.isdecimal()):
            raise invalid_request("invalid queue pagination cursor: invalid digit found in string")
        start = int(cursor)
        end = len(queue.entries) if params.limit is None else start + max(1, params.limit)
        more = str(end) if end < len(queue.entries) else None
        return ThreadQueueListResponse(data=list(queue.entries[start:end]), next_cursor=more)

    async def update(self, _call: Call, params: ThreadQueueUpdateParams) -> Reply[ThreadQueueUpdateResponse]:
        _check(params.input)
        queue, _ = await self._queue(params.thread_id)
        with refusals():
            before = queue.find(params.queued_submission_id)
            entry = before.model_copy(
                update={
                    "input": params.input,
                    "responsesapi_client_metadata": params.responsesapi_client_metadata,
                }
            )
            await queue.replace(entry)
        return Reply(
            ThreadQueueUpdateResponse(queued_submission=entry),
            partial(self._changed, thread_id_of(params.thread_id)),
        )

    async def delete(
        self, _call: Call, params: ThreadQueueDeleteParams
    ) -> Reply[ThreadQueueDeleteResponse] | ThreadQueueDeleteResponse:
        queue, _ = await self._queue(params.thread_id)
        if not await queue.remove(params.queued_submission_id):
            return ThreadQueueDeleteResponse(deleted=False)
        return Reply(
            ThreadQueueDeleteResponse(deleted=True), partial(self._changed, thread_id_of(params.thread_id))
        )

    async def reorder(
        self, _call: Call, params: ThreadQueueReorderParams
    ) -> Reply[ThreadQueueReorderResponse]:
        queue, _ = await self._queue(params.thread_id)
        with refusals():
            await queue.reorder(params.queued_submission_ids)
        return Reply(ThreadQueueReorderResponse(), partial(self._changed, thread_id_of(params.thread_id)))

    async def start(self, _call: Call, params: ThreadQueueStartParams) -> Reply[ThreadQueueStartResponse]:
        """Begin with one of them, whatever held it back."""
        with refusals():
            thread = self._loaded.require(thread_id_of(params.thread_id))
            queue, _ = await self._queue(params.thread_id)
            turn = queue.begin(thread, params.queued_submission_id)

        def run() -> None:
            self._changed(thread.id)
            thread.run(turn)

        return Reply(ThreadQueueStartResponse(turn=turn.announced()), run)

    async def _queue(self, written_id: str) -> tuple[WaitingInput, AgentThread | None]:
        thread_id = thread_id_of(written_id)
        thread = self._loaded.get(thread_id)
        if thread is not None and thread.facts.ephemeral:
            raise invalid_request(f"ephemeral thread does not support queued submissions: {thread_id}")
        if thread is None and await self._store.find(thread_id) is None:
            raise internal_error(
                "failed to read thread: invalid thread-store request: "
                f"no rollout found for thread id {thread_id}"
            )
        queue = self._queues.get(thread_id)
        if queue is None:
            queue = WaitingInput(thread_id, self._files, self._tasks, self._changed)
            queue = self._queues.setdefault(thread_id, queue)
        await queue.ready()
        if thread is not None:
            queue.watch(thread)
        return queue, thread

    def _changed(self, thread_id: str) -> None:
        self._audience.emit(ThreadQueueChangedNotification(thread_id=thread_id), thread_id)


def _check(said: Sequence[UserInput]) -> None:
    """Raises RpcError for what no turn could begin with."""
    if not said:
        raise invalid_request("only user input can be added to the user-message queue")
    check_size(said)
