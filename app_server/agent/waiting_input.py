"""Input that waits until its thread has nothing to do; each entry then begins a turn of its own.

A turn that came to its end is followed by the next entry. One that was interrupted, or failed, is not: what
waits is held back, until somebody starts it or another turn has come to its end.
"""

import logging
from collections.abc import Callable, Sequence
from typing import Final

import anyio
import anyio.to_thread
from anyio.abc import TaskGroup

from app_server.agent.active_turn import ActiveTurn, TurnInput
from app_server.agent.errors import AgentError
from app_server.agent.identifiers import new_turn_id
from app_server.agent.thread import AgentThread, TurnRequest
from app_server.store.queues import QueueFiles
from protocol.input import UserInput
from protocol.queue import QueuedSubmission

_log: Final = logging.getLogger("app_server.agent")


class WaitingInput:
    """The queue of one thread, loaded or not. Owns its file."""

    def __init__(
        self, thread_id: str, files: QueueFiles, tasks: TaskGroup, changed: Callable[[str], None]
    ) -> None:
        """`changed` is called with the thread's id after every change that no client has asked for."""
        self._thread_id = thread_id
        self._files = files
        self._tasks = tasks
        self._changed = changed
        self._entries: list[QueuedSubmission] = []
        self._read = False
        self._held = False
        self._saving = anyio.Lock()
        self._watched: AgentThread | None = None

    async def ready(self) -> None:
        """Read what was kept, once; held back, since nobody knows how the last turn ended."""
        async with self._saving:
            if not self._read:
                self._entries = list(await anyio.to_thread.run_sync(self._files.load, self._thread_id))
                self._read, self._held = True, bool(self._entries)

    @property
    def entries(self) -> Sequence[QueuedSubmission]:
        """The next one first."""
        return tuple(self._entries)

    def watch(self, thread: AgentThread) -> None:
        """Go on when turns of the thread end, for as long as it is loaded."""
        if self._watched is not thread:
            self._watched = thread
            thread.watchers.append(self._turn_ended)

    async def add(
        self, said: Sequence[UserInput], client_id: str, metadata: dict[str, str] | None
    ) -> QueuedSubmission:
        """At the end."""
        entry = QueuedSubmission(
            id=new_turn_id(),
            input=list(said),
            client_user_message_id=client_id,
            responsesapi_client_metadata=metadata,
        )
        self._entries.append(entry)
        await self._save()
        return entry

    async def replace(self, entry: QueuedSubmission) -> None:
        """Other input at the place of the entry with this id. Raises AgentError when it does not wait."""
        self._entries[self._place(entry.id)] = entry
        await self._save()

    async def remove(self, entry_id: str) -> bool:
        """False when it did not wait any more."""
        try:
            del self._entries[self._place(entry_id)]
        except AgentError:
            return False
        await self._save()
        return True

    async def reorder(self, ids: Sequence[str]) -> None:
        """Raises AgentError unless each entry is named just once."""
        by_id = {entry.id: entry for entry in self._entries}
        if sorted(ids) != sorted(by_id):
            raise AgentError("queue reorder must include every queued submission exactly once")
        self._entries = [by_id[one] for one in ids]
        await self._save()

    def find(self, entry_id: str) -> QueuedSubmission:
        """Raises AgentError."""
        return self._entries[self._place(entry_id)]

    def begin(self, thread: AgentThread, entry_id: str | None = None) -> ActiveTurn:
        """Take one out, or the next, and prepare its turn; the thread is to run it. Raises AgentError."""
        place = 0 if entry_id is None else self._place(entry_id)
        if thread.active_turn is not None:
            raise AgentError("thread already has an active or pending turn")
        if not self._entries:
            raise AgentError("queue is empty")
        entry = self._entries.pop(place)
        self._held = False
        self._tasks.start_soon(self._save)
        return thread.prepare_turn(
            TurnRequest(
                input=TurnInput(entry.input, entry.client_user_message_id),
                settings=thread.session.settings,
                client_metadata=entry.responsesapi_client_metadata,
            )
        )

    def go_on(self, thread: AgentThread) -> None:
        """Begin with the next entry, if there is one, nothing runs and nothing holds it back."""
        if not self._entries or self._held or thread.active_turn is not None or thread.is_closing:
            return
        turn = self.begin(thread)
        self._changed(self._thread_id)
        thread.run(turn)

    def _turn_ended(self, thread: AgentThread) -> None:
        ended = thread.last_turn
        if thread.is_closing or ended is None:
            return
        self._held = bool(self._entries) and ended.outcome != "completed"
        self.go_on(thread)

    def _place(self, entry_id: str) -> int:
        for place, entry in enumerate(self._entries):
            if entry.id == entry_id:
                return place
        raise AgentError(f"queued submission not found: {entry_id}")

    async def _save(self) -> None:
        """Write what waits by then. What cannot be written lasts as long as the process."""
        async with self._saving:
            with anyio.CancelScope(shield=True):
                await anyio.to_thread.run_sync(self._write, self.entries)

    def _write(self, entries: Sequence[QueuedSubmission]) -> None:
        try:
            self._files.save(self._thread_id, entries)
        except OSError as error:
            _log.warning("the queue of thread %s was not written: %s", self._thread_id, error.strerror)
