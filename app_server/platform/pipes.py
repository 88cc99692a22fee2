"""Pipes to and from a child, awaited on the event loop; and terminals, where the system has them."""

import errno
import os
import sys
from contextlib import suppress
from typing import Final, NamedTuple

import anyio
import anyio.to_thread
from anyio import lowlevel

from app_server.platform.system import is_windows

_WIDE_BYTES: Final = 262_144


class ReadEnd:
    """Owns the reading end of a pipe, or a terminal's side of ours. One reader at a time."""

    def __init__(self, fd: int) -> None:
        self._fd = fd
        if not is_windows:
            os.set_blocking(fd, False)

    async def receive(self, most: int) -> bytes:
        """What is there, after waiting for something; nothing at the end."""
        if is_windows:
            return await anyio.to_thread.run_sync(_read_or_end, self._fd, most, abandon_on_cancel=True)
        while self._fd >= 0:
            try:
                data = os.read(self._fd, most)
            except BlockingIOError:
                try:
                    await anyio.wait_readable(self._fd)
                except anyio.ClosedResourceError:
                    return b""
                continue
            except OSError:  # a terminal that everybody has left
                return b""
            await lowlevel.checkpoint()  # a program that writes without end leaves room for others
            return data
        return b""

    def close(self) -> None:
        _close(self)


class WriteEnd:
    """Owns the writing end of a pipe, or a copy of a terminal's side of ours."""

    def __init__(self, fd: int) -> None:
        self._fd = fd
        if not is_windows:
            os.set_blocking(fd, False)

    async def send(self, data: bytes) -> None:
        """Write all of it. Raises OSError when nobody reads any more."""
        if is_windows:
            await anyio.to_thread.run_sync(_write_all, self._fd, data, abandon_on_cancel=True)
            return
        rest = memoryview(data)
        while rest:
            if self._fd < 0:
                raise BrokenPipeError(errno.EPIPE, os.strerror(errno.EPIPE))
            try:
                rest = rest[os.write(self._fd, rest) :]
            except BlockingIOError:
                try:
                    await anyio.wait_writable(self._fd)
                except anyio.ClosedResourceError:
                    continue

    def close(self) -> None:
        _close(self)


def _close(end: ReadEnd | WriteEnd) -> None:
    """At most once; who waits for it is woken."""
    fd, end._fd = end._fd, -1  # noqa: SLF001 # pyright: ignore[reportPrivateUsage] - the two are this module's
    if fd >= 0:
        if not is_windows:
            anyio.notify_closing(fd)
        os.close(fd)


def _read_or_end(fd: int, most: int) -> bytes:
    try:
        return os.read(fd, most)
    except OSError:
        return b""


def _write_all(fd: int, data: bytes) -> None:
    rest = memoryview(data)
    while rest:
        rest = rest[os.write(fd, rest) :]


def widen_pipe(fd: int) -> None:
    """Let a pipe hold more where the system can, so that much output comes in few pieces."""
    if sys.platform == "linux":
        import fcntl

        with suppress(OSError):  # the user's pipes hold all that they may together
            fcntl.fcntl(fd, fcntl.F_SETPIPE_SZ, _WIDE_BYTES)


class TerminalSize(NamedTuple):
    """In characters."""

    rows: int = 24
    cols: int = 80


def open_terminal(size: TerminalSize) -> tuple[int, int]:
    """Our side and the program's side of a new terminal. Raises OSError where there are none."""
    if sys.platform == "win32":
        raise OSError(errno.ENOSYS, "terminals are not available on this system")
    ours, theirs = os.openpty()
    resize_terminal(ours, size)
    return ours, theirs


def resize_terminal(fd: int, size: TerminalSize) -> None:
    """Raises OSError."""
    if sys.platform != "win32":
        import termios

        termios.tcsetwinsize(fd, size)
