"""The commands of a thread that may outlive the call that began them (tools.md §3.3).

Each is owned by a task of its own, which ends it with all that it started when the thread is unloaded.
"""

import random
from collections.abc import Awaitable, Callable
from typing import TYPE_CHECKING, Final, NamedTuple

import anyio
from anyio.abc import TaskGroup, TaskStatus

from app_server.exec.output import HeadTail

if TYPE_CHECKING:
    from app_server.exec.process import Command, Process

MOST: Final = 64
_SPARED: Final = 8
_READ_BYTES: Final = 262_144
_TRAILING_SECONDS: Final = 0.05
"""How long output is waited for after the end, when something else keeps it open."""


class Shown(NamedTuple):
    """What clients know it by."""

    item_id: str
    """Of the item that shows it."""
    command: str
    cwd: str


class Terminal:
    """One command: its number, what it said that nobody has read yet, its end."""

    def __init__(self, number: int, shown: Shown, process: "Process", scope: anyio.CancelScope) -> None:
        self.number = number
        self.shown = shown
        self.process = process
        self.unread = HeadTail()
        self.ended = anyio.Event()
        """Its process has ended, and all of its output is here."""
        self.told = anyio.Event()
        """Its end was told to whoever began it."""
        self._scope = scope
        self._closed = anyio.Event()

    async def close(self) -> None:
        """End it with all it started, and wait until that is so."""
        self._scope.cancel()
        await self._closed.wait()

    def closed(self) -> None:
        self.ended.set()
        self._closed.set()


Heard = Callable[[bytes], Awaitable[None]]
Ended = Callable[[int], Awaitable[None]]


class Terminals:
    """Owns those of one thread."""

    def __init__(self) -> None:
        self._tasks: TaskGroup | None = None
        self._open: dict[int, Terminal] = {}
        """The one that was used last comes last."""
        self._owned: set[Terminal] = set()
        """Those, and the ones that ended but left something running, whose number means nothing any more."""

    def attach(self, tasks: TaskGroup) -> None:
        """Say where they run: a group that outlives the thread's turns."""
        self._tasks = tasks

    def new_number(self) -> int:
        """One that no other of them has."""
        while (number := random.randint(1000, 99_999)) in self._open:  # noqa: S311 - a name, no secret
            pass
        return number

    async def start(
        self, number: int, shown: Shown, command: "Command", heard: Heard, ended: Ended
    ) -> Terminal:
        """Begin one. `heard` is called with all its output, `ended` once with its exit status.

        Raises OSError when it cannot be started.
        """
        assert self._tasks is not None  # noqa: S101 - a thread attaches them when it is made
        if len(self._open) >= MOST:
            await self._drop_one()
        begun: Terminal | OSError = await self._tasks.start(self._own, number, shown, command, heard, ended)
        if isinstance(begun, OSError):
            raise begun
        return begun

    def use(self, number: int) -> Terminal | None:
        """The one of this number, which then counts as used last; None when there is none, or no more."""
        terminal = self._open.pop(number, None)
        if terminal is not None:
            self._open[number] = terminal
        return terminal

    def forget(self, number: int) -> None:
        """Its end was read: the number means nothing any more."""
        self._open.pop(number, None)

    def running(self) -> tuple[Terminal, ...]:
        return tuple(one for one in self._open.values() if not one.ended.is_set())

    async def end(self, number: int) -> bool:
        """End the one of this number; False when none of that number runs."""
        terminal = self._open.get(number)
        if terminal is None or terminal.ended.is_set():
            return False
        await terminal.close()
        return True

    async def close(self) -> None:
        """End all of them and what they left behind, at once rather than one after the other."""
        async with anyio.create_task_group() as closing:
            for terminal in tuple(self._owned):
                closing.start_soon(terminal.close)
        self._open.clear()

    async def _drop_one(self) -> None:
        """The one that was not used for longest, an ended one first; the newest are spared."""
        old = list(self._open.values())[:-_SPARED]
        terminal = next((one for one in old if one.ended.is_set()), old[0])
        self._open.pop(terminal.number, None)
        await terminal.close()

    async def _own(
        self,
        number: int,
        shown: Shown,
        command: "Command",
        heard: Heard,
        ended: Ended,
        *,
        task_status: TaskStatus[Terminal | OSError] = anyio.TASK_STATUS_IGNORED,
    ) -> None:
        terminal: Terminal | None = None
        status = -9
        try:
            with anyio.CancelScope() as scope:
                from app_server.exec.process import open_process  # the first command brings the engine

                async with open_process(command) as process:
                    terminal = self._open[number] = Terminal(number, shown, process, scope)
                    self._owned.add(terminal)
                    task_status.started(terminal)
                    status = await _attend(terminal, heard)
                    terminal.ended.set()
                    await ended(status)
                    terminal.told.set()
                    await process.wait_gone()
        except OSError as error:
            if terminal is not None:
                raise
            task_status.started(error)
        finally:
            if terminal is not None:
                with anyio.CancelScope(shield=True):
                    if not terminal.told.is_set():
                        terminal.ended.set()
                        await ended(terminal.process.exit_status or status)
                        terminal.told.set()
                self._owned.discard(terminal)
                terminal.closed()


async def _attend(terminal: Terminal, heard: Heard) -> int:
    """Collect its output until its end; the exit status."""
    process = terminal.process
    async with anyio.create_task_group() as tasks:
        all_read = anyio.Event()

        async def read() -> None:
            while data := await process.stdout.receive(_READ_BYTES):
                terminal.unread.add(data)
                await heard(data)
            all_read.set()

        tasks.start_soon(read)
        await process.wait()
        with anyio.move_on_after(_TRAILING_SECONDS):
            await all_read.wait()
        tasks.cancel_scope.cancel()
    return await process.wait()
