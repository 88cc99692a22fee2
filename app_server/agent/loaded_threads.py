"""The threads in memory: finding them, and unloading what nobody uses (threads-and-turns.md §3.9)."""

from collections.abc import Callable, Sequence
from typing import Final

import anyio

from app_server.agent.errors import ThreadClosingError, ThreadNotFoundError
from app_server.agent.thread import AgentThread

UNLOAD_AFTER_SECONDS: Final = 30 * 60
"""How long a thread stays loaded without a subscriber and without a turn."""

_LOOK_EVERY_SECONDS: Final = 60.0
_CLOSE_SECONDS: Final = 10.0


class LoadedThreads:
    """Owns the threads of this process. Private threads are never among them."""

    def __init__(
        self,
        *,
        has_subscribers: Callable[[str], bool],
        on_unloaded: Callable[[str], None],
        unload_after: float = UNLOAD_AFTER_SECONDS,
    ) -> None:
        self._has_subscribers = has_subscribers
        self._on_unloaded = on_unloaded
        self._unload_after = unload_after
        self.first_came = anyio.Event()
        """Set once a thread has been loaded."""
        self._threads: dict[str, AgentThread] = {}
        self._idle_since: dict[str, float] = {}
        self._closing: dict[str, anyio.Event] = {}

    def add(self, thread: AgentThread) -> None:
        self._threads[thread.id] = thread
        self.first_came.set()

    def get(self, thread_id: str) -> AgentThread | None:
        """The loaded thread of that id, also while it is closing."""
        return self._threads.get(thread_id)

    def require(self, thread_id: str) -> AgentThread:
        """The loaded thread of that id. Raises ThreadNotFoundError or ThreadClosingError."""
        thread = self._threads.get(thread_id)
        if thread is None:
            raise ThreadNotFoundError(f"thread not found: {thread_id}")
        if thread.is_closing:
            raise ThreadClosingError(f"thread {thread_id} is closing; retry after the thread is closed")
        return thread

    def ids(self) -> Sequence[str]:
        """All loaded ids, ascending."""
        return sorted(self._threads)

    @property
    def any_running(self) -> bool:
        return any(thread.active_turn is not None for thread in self._threads.values())

    async def unload(self, thread_id: str) -> bool:
        """Stop the thread, then the agents under it, and forget them; False when it was not loaded.

        Each ends within ten seconds.
        """
        thread = self._threads.get(thread_id)
        if thread is None:
            return False
        agents = self.under(thread_id)
        await self._close(thread)
        if agents:
            async with anyio.create_task_group() as closing:
                for agent in agents:
                    closing.start_soon(self._close, agent)
        return True

    def under(self, thread_id: str) -> Sequence[AgentThread]:
        """The loaded threads of the agents that this one started, and of those that they did."""
        found: list[AgentThread] = []
        above = {thread_id}
        while above:
            level = [
                thread
                for thread in self._threads.values()
                if thread.session.lineage is not None and thread.session.lineage.parent_id in above
            ]
            found += level
            above = {thread.id for thread in level}
        return found

    async def _close(self, thread: AgentThread) -> None:
        """Once, however many want it."""
        closed = self._closing.get(thread.id)
        if closed is not None:
            await closed.wait()
            return
        if self._threads.get(thread.id) is not thread:
            return
        closed = self._closing[thread.id] = anyio.Event()
        try:
            with anyio.move_on_after(_CLOSE_SECONDS, shield=True):
                await thread.close()
        finally:
            self._threads.pop(thread.id, None)
            self._idle_since.pop(thread.id, None)
            self._closing.pop(thread.id, None)
            closed.set()

    async def interrupt_all(self) -> None:
        """Stop every running turn and wait until each has told its end."""
        async with anyio.create_task_group() as stopping:
            for thread in tuple(self._threads.values()):
                stopping.start_soon(thread.stop_turn)

    async def close_all(self) -> None:
        """Unload every thread, at once rather than one after the other."""
        async with anyio.create_task_group() as closing:
            for thread_id in tuple(self._threads):
                closing.start_soon(self.unload, thread_id)

    async def unload_unused(self) -> None:
        """Run as long as the server does: unload what has had neither subscriber nor turn for too long."""
        while True:
            await anyio.sleep(min(_LOOK_EVERY_SECONDS, self._unload_after))
            await self.unload_idle(anyio.current_time())

    async def unload_idle(self, now: float) -> None:
        """One round of `unload_unused`; `now` is in seconds of the event loop's clock."""
        for thread_id, thread in tuple(self._threads.items()):
            busy = any(one.active_turn is not None for one in (thread, *self.under(thread_id)))
            if busy or self._has_subscribers(thread_id) or self._threads.get(thread_id) is not thread:
                self._idle_since.pop(thread_id, None)
                continue
            if now - self._idle_since.setdefault(thread_id, now) >= self._unload_after:
                ended = [thread_id, *(agent.id for agent in self.under(thread_id))]
                await self.unload(thread_id)
                for one in ended:
                    self._on_unloaded(one)
