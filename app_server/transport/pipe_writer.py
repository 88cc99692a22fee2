"""Messages on their way out: collected on the loop, written by one thread, so a stuck pipe never stops it.

What the loop hands over within one round goes out in one write. A small batch to an idle pipe that says it
is ready is written at once: up to PIPE_BUF bytes cannot block then, and waking a thread costs more than the
write.
"""

import asyncio
import os
import select
import stat
from collections.abc import Callable
from queue import SimpleQueue
from threading import Thread

import anyio

HIGH_WATER = 4 * 1024 * 1024
"""Unwritten bytes above which producers are asked to wait."""

LOW_WATER = 1024 * 1024
"""Unwritten bytes below which they go on."""

_SLICE = 1024 * 1024
_AT_ONCE = min(getattr(select, "PIPE_BUF", 0), 4096)


class PipeWriter:
    """Owns the writing end of a byte stream. Create and use it on the loop."""

    def __init__(self, fd: int, on_gone: Callable[[], None] | None = None) -> None:
        """`on_gone` is called once, on the loop, when the reader has closed its end."""
        self._fd = fd
        self._loop = asyncio.get_running_loop()
        self._on_gone = on_gone
        self._collected: list[bytes] = []
        self._unwritten = 0
        self._in_thread = 0
        self._room: anyio.Event | None = None
        self._empty: anyio.Event | None = None
        self._gone = False
        self._batches: SimpleQueue[bytes | None] = SimpleQueue()
        self._poll = _readiness(fd)
        Thread(target=self._write_batches, name="writer", daemon=True).start()

    @property
    def congested(self) -> bool:
        """Whether more is unwritten than a reader that keeps up would leave."""
        return self._unwritten > HIGH_WATER

    @property
    def gone(self) -> bool:
        """Whether the reader has closed its end; what is sent then is dropped."""
        return self._gone

    def send(self, data: bytes) -> None:
        """Take whole messages, newlines included. Never blocks and never fails."""
        if self._gone:
            return
        if not self._collected:
            self._loop.call_soon(self._hand_over)
        self._collected.append(data)
        self._unwritten += len(data)

    async def drain(self) -> None:
        """Wait until there is room again; returns at once when there is."""
        while self.congested and not self._gone:
            if self._room is None:
                self._room = anyio.Event()
            await self._room.wait()

    async def flush(self) -> None:
        """Wait until all that was sent is written, or nobody reads any more."""
        while self._unwritten and not self._gone:
            if self._empty is None:
                self._empty = anyio.Event()
            await self._empty.wait()

    def close(self) -> None:
        """End the thread once it has written what it holds. The descriptor stays open."""
        self._batches.put(None)

    def _hand_over(self) -> None:
        batch = b"".join(self._collected) if len(self._collected) > 1 else self._collected[0]
        self._collected.clear()
        if self._gone:
            return
        if self._poll is not None and not self._in_thread and len(batch) <= _AT_ONCE and self._poll.poll(0):
            self._write_at_once(batch)
        else:
            self._in_thread += len(batch)
            self._batches.put(batch)

    def _write_at_once(self, batch: bytes) -> None:
        try:
            written = os.write(self._fd, batch)
        except OSError:
            self._reader_left()
            return
        self._account(written)
        if written < len(batch):
            rest = batch[written:]
            self._in_thread += len(rest)
            self._batches.put(rest)

    def _write_batches(self) -> None:
        while (batch := self._batches.get()) is not None:
            rest = memoryview(batch)
            while rest:
                try:
                    written = os.write(self._fd, rest[:_SLICE])
                except OSError:
                    self._tell(self._reader_left)
                    return
                rest = rest[written:]
                self._tell(self._written_in_thread, written)

    def _tell(self, report: Callable[..., None], *facts: int) -> None:
        try:
            self._loop.call_soon_threadsafe(report, *facts)
        except RuntimeError:
            # The loop has ended without waiting for us: nobody is left to tell.
            return

    def _written_in_thread(self, count: int) -> None:
        self._in_thread -= count
        self._account(count)

    def _account(self, count: int) -> None:
        self._unwritten -= count
        if self._room is not None and self._unwritten <= LOW_WATER:
            self._room.set()
            self._room = None
        if self._empty is not None and not self._unwritten:
            self._empty.set()
            self._empty = None

    def _reader_left(self) -> None:
        if self._gone:
            return
        self._gone = True
        self._collected.clear()
        self._in_thread = 0
        self._account(self._unwritten)
        if self._on_gone is not None:
            self._on_gone()


def _readiness(fd: int) -> "select.poll | None":
    """A poll that tells whether a small write would go through, where such a thing exists for this stream."""
    if not _AT_ONCE or not hasattr(select, "poll"):
        return None
    kind = os.fstat(fd).st_mode
    if not (stat.S_ISFIFO(kind) or stat.S_ISSOCK(kind)):
        return None
    poll = select.poll()
    poll.register(fd, select.POLLOUT)
    return poll
