"""One running command: its output as it comes, its input, its end (tools.md §3.6)."""

import os
from collections.abc import AsyncGenerator, Callable, Mapping, Sequence
from contextlib import asynccontextmanager, suppress
from typing import Final, NamedTuple

import anyio

from app_server.platform.children import Child, Order
from app_server.platform.pipes import (
    ReadEnd,
    TerminalSize,
    WriteEnd,
    open_terminal,
    resize_terminal,
    widen_pipe,
)
from app_server.platform.starting import start_child
from app_server.platform.system import is_windows

READ_BYTES: Final = 65_536
POLITE_SECONDS: Final = 0.3
"""How long a command has between the request to end and the end."""

_LAST_SECONDS: Final = 2.0
_END_OF_TRANSMISSION: Final = b"\n\x04"


class Command(NamedTuple):
    """What to run, and how it is connected to us."""

    argv: Sequence[str]
    cwd: str
    env: Mapping[str, str]
    terminal: TerminalSize | None = None
    """In a terminal of this size; else over pipes."""
    input: bool = False
    """Whether it can be written to over a pipe; a terminal always can."""
    merged: bool = False
    """Whether stderr comes in stdout's pipe, in the order of writing; in a terminal it always does."""
    clear_up: Callable[[], None] | None = None
    """Called once when nothing of it is left, or when it could not be started."""
    reads: bytes | None = None
    """What it finds on descriptor 3, up to a few thousand bytes."""


class StdinClosedError(Exception):
    """Nothing can be written any more, or never could."""


class Process:
    """A command that was started. Made by `open_process`, which also ends it."""

    def __init__(
        self,
        child: Child,
        stdout: ReadEnd,
        stderr: ReadEnd | None,
        stdin: WriteEnd | None,
        terminal: int | None,
    ) -> None:
        self._child = child
        self.stdout = stdout
        self.stderr = stderr
        """None where it comes with stdout."""
        self._stdin = stdin
        self._terminal = terminal

    @property
    def pid(self) -> int:
        return self._child.pid

    @property
    def exit_status(self) -> int | None:
        """The exit code, or minus the number of the signal that ended it; None while it runs."""
        return self._child.exit_status

    async def wait(self) -> int:
        """Wait for its end; the exit status. What it started may live on."""
        return await self._child.wait()

    async def wait_gone(self) -> None:
        """Wait until nothing that it started is left."""
        await self._child.wait_gone()

    async def write(self, data: bytes) -> None:
        """Raises StdinClosedError, and OSError when it reads no more."""
        if self._stdin is None:
            raise StdinClosedError
        await self._stdin.send(data)

    async def close_input(self) -> None:
        """End its input. Of a terminal, by typing what ends it."""
        stdin, self._stdin = self._stdin, None
        if stdin is None:
            return
        if self._terminal is not None:
            with suppress(OSError):  # it has left the terminal already
                await stdin.send(_END_OF_TRANSMISSION)
        stdin.close()

    def resize(self, size: TerminalSize) -> bool:
        """False when it has no terminal. Raises OSError."""
        if self._terminal is None:
            return False
        resize_terminal(self._terminal, size)
        return True

    def kill(self) -> None:
        """End it and all that it started, at once."""
        self._child.kill()

    async def end(self) -> None:
        """End it and all that it started, after a request to do so by itself."""
        with anyio.CancelScope(shield=True):
            self._child.ask_to_end()
            with anyio.move_on_after(POLITE_SECONDS):
                await self._child.wait_gone()
            self._child.kill()
            with anyio.move_on_after(_LAST_SECONDS):
                await self._child.wait_gone()

    def let_go(self) -> None:
        """Close everything that is ours of it."""
        self._child.release()
        for end in (self._stdin, self.stdout, self.stderr):
            if end is not None:
                end.close()
        if self._terminal is not None:
            os.close(self._terminal)
            self._terminal = None


@asynccontextmanager
async def open_process(command: Command) -> AsyncGenerator[Process]:
    """Start a command, and end it with all that it started when the block is left, however that is.

    Raises OSError when it cannot be started.
    """
    try:
        process = await (_in_terminal(command) if command.terminal is not None else _over_pipes(command))
        try:
            yield process
        finally:
            await process.end()
            process.let_go()
    finally:
        if command.clear_up is not None:
            command.clear_up()


async def _in_terminal(command: Command) -> Process:
    ours, theirs = open_terminal(command.terminal or TerminalSize())
    ends: list[int] = [ours]
    given = [theirs]
    try:
        ends += [os.dup(ours), os.dup(ours)]
        reading = _written(command.reads, given)
        child = await start_child(
            Order(
                command.argv, command.cwd, command.env, theirs, theirs, theirs, terminal=True, reading=reading
            )
        )
    except BaseException:
        _close_all(ends)
        raise
    finally:
        _close_all(given)
    return Process(child, ReadEnd(ends[1]), None, WriteEnd(ends[2]), ours)


async def _over_pipes(command: Command) -> Process:
    ours: list[int] = []
    theirs: list[int] = []
    try:
        stdin = _input(command.input, ours, theirs)
        stdout = _pipe(ours, theirs)
        widen_pipe(ours[-1])
        stderr = stdout if command.merged else _pipe(ours, theirs)
        reading = _written(command.reads, theirs)
        child = await start_child(
            Order(command.argv, command.cwd, command.env, stdin, stdout, stderr, reading=reading)
        )
    except BaseException:
        _close_all(ours)
        raise
    finally:
        _close_all(theirs)
    writing = WriteEnd(ours.pop(0)) if command.input else None
    return Process(child, ReadEnd(ours[0]), None if command.merged else ReadEnd(ours[1]), writing, None)


def _input(wanted: bool, ours: list[int], theirs: list[int]) -> int:
    if not wanted:
        theirs.append(os.open(os.devnull, os.O_RDONLY | getattr(os, "O_CLOEXEC", 0)))
        return theirs[-1]
    reading, writing = os.pipe()
    ours.append(writing)
    theirs.append(reading)
    return reading


def _pipe(ours: list[int], theirs: list[int]) -> int:
    reading, writing = os.pipe()
    ours.append(reading)
    theirs.append(writing)
    return writing


def _written(data: bytes | None, theirs: list[int]) -> int | None:
    """The end of a pipe that holds the data."""
    if data is None:
        return None
    reading, writing = os.pipe()
    theirs.append(reading)
    try:
        os.write(writing, data)
    finally:
        os.close(writing)
    return reading


def _close_all(descriptors: Sequence[int]) -> None:
    for descriptor in descriptors:
        os.close(descriptor)


def signalled_code(status: int) -> int:
    """An exit status as shells tell it: 128 and the signal for a process that was killed."""
    return 128 - status if status < 0 and not is_windows else status
