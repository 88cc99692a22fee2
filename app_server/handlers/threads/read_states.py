"""`thread/readState/update`: what users have seen of their threads, for all their clients."""

import logging
from collections.abc import Sequence
from functools import partial
from hashlib import sha256
from pathlib import Path
from uuid import UUID

import anyio.from_thread
import anyio.to_thread
from anyio.abc import TaskGroup

from app_server.agent.loaded_threads import LoadedThreads
from app_server.agent.thread import AgentThread
from app_server.handlers.base import Audience, Call, Reply
from app_server.handlers.errors import refusals
from app_server.handlers.threads.ids import thread_id_of
from app_server.handlers.threads.reads import ThreadReads
from app_server.store.errors import StoreError
from app_server.store.read_marks import ReadMark, ReadMarks
from app_server.store.turn_ids import TurnIds
from protocol.jsonrpc import RpcError, internal_error, invalid_request
from protocol.read_state import (
    ReadThreadReadStateOperation,
    ThreadReadState,
    ThreadReadStateChangedNotification,
    ThreadReadStateUpdateParams,
    ThreadReadStateUpdateResponse,
    ThreadStartThreadUnreadPosition,
    ThreadUnreadPosition,
    TurnThreadUnreadPosition,
)
from protocol.thread_list import ThreadReadParams, ThreadReadResponse
from protocol.wire import JsonObject

logger = logging.getLogger("app_server.handlers")


class ReadStates:
    """Follows the threads that somebody has asked about; of others nothing is told."""

    def __init__(
        self,
        codex_home: Path,
        loaded: LoadedThreads,
        audience: Audience,
        reads: ThreadReads,
        tasks: TaskGroup,
    ) -> None:
        self._marks = ReadMarks(codex_home)
        self._turns = TurnIds()
        self._loaded = loaded
        self._audience = audience
        self._reads = reads
        self._tasks = tasks
        self._watched: dict[str, AgentThread] = {}

    async def update(
        self, _call: Call, params: ThreadReadStateUpdateParams
    ) -> Reply[ThreadReadStateUpdateResponse]:
        """Refused, with the state as it is, when the client knew another one."""
        thread_id = thread_id_of(params.thread_id)
        with refusals():
            mark, turns = await self._facts(thread_id)
        now = _state(mark, turns)
        if params.expected_revision != now.revision:
            data: JsonObject = {"reason": "readStateConflict", "readState": now.to_wire()}
            raise invalid_request("read state changed", data)
        is_read = isinstance(params.operation, ReadThreadReadStateOperation)
        through = turns[-1] if is_read and turns else mark.through
        changed = ReadMark(through, not is_read, mark.changes + 1)
        try:
            await anyio.to_thread.run_sync(self._marks.save, thread_id, changed)
        except OSError as error:
            raise internal_error(f"the read state cannot be saved: {error.strerror}") from error
        state = _state(changed, turns)
        return Reply(ThreadReadStateUpdateResponse(read_state=state), partial(self._tell, thread_id, state))

    async def read_thread(self, call: Call, params: ThreadReadParams) -> ThreadReadResponse:
        """`thread/read`, with the state for those who could change it."""
        answer = await self._reads.read(call, params)
        if answer.thread.ephemeral or not call.client.experimental_api:
            return answer
        with refusals():
            state = _state(*await self._facts(answer.thread.id))
        return answer.model_copy(update={"read_state": state})

    async def _facts(self, thread_id: str) -> tuple[ReadMark, Sequence[str]]:
        thread = self._loaded.get(thread_id)
        if thread is not None:
            self._watch(thread)
        mark = await anyio.to_thread.run_sync(self._marks.load, thread_id)
        if thread is not None and not thread.is_stored:
            return mark, ()
        record = await self._reads.record(thread_id)
        if record is None:
            raise invalid_request(f"thread not found: {thread_id}", kind="thread_not_found")

        def replayed() -> Sequence[str]:
            return [turn.id for turn in anyio.from_thread.run(self._reads.stored_turns, thread_id)]

        running = None if thread is None or thread.active_turn is None else thread.active_turn.id
        try:
            look = partial(self._turns.of, thread_id, record.path, replayed)
            turns = await anyio.to_thread.run_sync(look)
        except OSError as error:
            raise internal_error(f"failed to read the thread: {error.strerror}") from error
        return mark, [turn for turn in turns if turn != running]

    def _watch(self, thread: AgentThread) -> None:
        if not thread.facts.ephemeral and self._watched.get(thread.id) is not thread:
            self._watched[thread.id] = thread
            thread.watchers.append(self._turn_ended)

    def _turn_ended(self, thread: AgentThread) -> None:
        if thread.is_closing:
            self._watched.pop(thread.id, None)
        else:
            self._tasks.start_soon(self._tell_now, thread.id)

    async def _tell_now(self, thread_id: str) -> None:
        try:
            self._tell(thread_id, _state(*await self._facts(thread_id)))
        except (RpcError, StoreError) as error:  # it is gone meanwhile, or cannot be read any more
            logger.debug("nobody is told how far thread %s was read: %s", thread_id, error)

    def _tell(self, thread_id: str, state: ThreadReadState) -> None:
        self._audience.emit(ThreadReadStateChangedNotification(thread_id=thread_id, read_state=state))


def _state(mark: ReadMark, turns: Sequence[str]) -> ThreadReadState:
    """The revision differs whenever anything that it stands for does."""
    known = repr((mark.through, mark.unread, mark.changes, turns[-1] if turns else None))
    return ThreadReadState(
        first_unread=_first_unread(mark, turns),
        revision=str(UUID(bytes=sha256(known.encode()).digest()[:16])),
    )


def _first_unread(mark: ReadMark, turns: Sequence[str]) -> ThreadUnreadPosition | None:
    if mark.unread:
        return ThreadStartThreadUnreadPosition()
    through = mark.through
    if through is None:
        unread = turns[:1]
    elif through in turns:
        unread = turns[turns.index(through) + 1 :][:1]
    else:  # it was taken back; ids of turns ascend
        unread = [turn for turn in turns if turn > through][:1]
    return TurnThreadUnreadPosition(turn_id=unread[0]) if unread else None
