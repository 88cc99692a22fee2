"""The log of one live thread: items go in without waiting, whole lines come out in order.

Nothing is written until the thread is materialised; from then on every append goes straight to the file, so
that what a client has been told is on disk and a killed server leaves only whole lines (persistence.md §3).
An append that is too big for the event loop waits for the next flush and is written by a worker thread.

After a failed write the torn end is taken back, or closed with a newline when it cannot be; the lines that
did not arrive stay queued and are tried again, once at once and then at every flush. One `RolloutWriteError`
is raised for each such outage, by the flush that meets it; to who asks for a `commit` it is told each time.
"""

import time
from collections import deque
from collections.abc import Callable, Iterable
from contextlib import suppress
from pathlib import Path
from typing import Final

import anyio
import anyio.to_thread

from app_server.store.errors import RolloutWriteError
from app_server.store.log_file import LogFile, OpenLog, ends_inside_a_line, open_log, take_back, write_whole
from app_server.store.rollout_items import RolloutItem, RolloutLine, encode_payload
from app_server.store.session_meta import GitState, SessionMeta
from app_server.store.timestamps import utc_ms

INLINE_LIMIT: Final = 256 * 1024
"""Bytes that may be written on the event loop at a time: a tenth of a millisecond into the page cache."""

_COPY_BATCH: Final = 64
"""Lines that a copy writes at a time, so that a long log never is in memory as a whole."""

Clock = Callable[[], int]
Entry = tuple[str, bytes]


def _wall_clock_ms() -> int:
    return time.time_ns() // 1_000_000


def _frame(stamp: str, entry: Entry) -> bytes:
    kind, payload = entry
    return b'{"timestamp":"%b","type":"%b","payload":%b}\n' % (stamp.encode(), kind.encode(), payload)


class RolloutWriter:
    """The only writer of one thread's file. Belongs to one event loop."""

    def __init__(
        self,
        path: Path,
        meta: SessionMeta | None = None,
        *,
        git_of: Callable[[str], GitState | None] | None = None,
        now_ms: Clock = _wall_clock_ms,
        opener: OpenLog = open_log,
        on_close: Callable[[], None] | None = None,
    ) -> None:
        """`meta` begins a new file, which is created later; without it the file exists and is appended to."""
        self._path = path
        self._meta = meta
        self._live = meta is None
        self._git_of = git_of
        self._now_ms = now_ms
        self._opener = opener
        self._on_close = on_close
        self._file: LogFile | None = None
        # New items wait in the queue, which belongs to the loop; the batch belongs to whoever writes.
        self._queue: list[Entry] = []
        self._queued_bytes = 0
        self._batch: deque[Entry] = deque()
        self._torn = 0  # bytes of the batch's first line that are in the file already
        self._in_worker = False
        self._failure: OSError | None = None
        self._reported = False
        self._lock = anyio.Lock()

    @property
    def path(self) -> Path:
        """Where the file is, or will be."""
        return self._path

    @property
    def materialised(self) -> bool:
        """Whether the file has been created (or was there before)."""
        return self._live

    def append(self, *items: RolloutItem | None) -> None:
        """Record items in this order (None is skipped). Never waits and never fails."""
        for item in items:
            if item is not None:
                payload = encode_payload(item.payload)
                self._queue.append((item.type, payload))
                self._queued_bytes += len(payload)
        self._write_inline()

    async def materialise(self) -> None:
        """Create the file with its first line and write what is queued. Raises as `flush`."""
        async with self._lock:
            await self._write_all()
            self._raise_failure()

    async def commit(self) -> None:
        """The same for a request that promises it. Raises RolloutWriteError whenever lines are left over."""
        async with self._lock:
            await self._write_all()
            if self._failure is not None:
                raise RolloutWriteError(self._path, self._failure)

    async def _write_all(self) -> None:
        if not self._live or self._unwritten:
            await self._write_in_worker()

    async def flush(self) -> None:
        """Write what is queued; nothing before the file exists. Raises RolloutWriteError, once per outage."""
        if not self._live or not self._unwritten:
            return
        async with self._lock:
            if self._unwritten:
                await self._write_in_worker()
            self._raise_failure()

    async def settle(self) -> None:
        """Wait until no write is under way: then a file that is there has its first line."""
        async with self._lock:
            pass

    async def close(self) -> None:
        """Flush and let go of the file. After an error nothing is lost and it may be closed again."""
        await self.settle()  # what is still being written would open the file anew
        await self.flush()
        if self._failure is not None:
            raise RolloutWriteError(self._path, self._failure)
        self.discard()

    def discard(self) -> None:
        """Let go of the file without writing what is queued."""
        self._drop_handle()
        if self._on_close is not None:
            self._on_close()
            self._on_close = None

    def release(self) -> None:
        """Let go of the file until the next write."""
        self._drop_handle()

    def moved_to(self, path: Path) -> None:
        """The file has been renamed; later lines go there."""
        self.release()
        self._path = path

    async def copy(self, lines: Iterable[RolloutLine]) -> None:
        """Materialise, and write another thread's entries right behind the first line, with the time of now.

        Raises RolloutWriteError, and what reading the entries raises; then the file is of no use.
        """
        async with self._lock:
            await self._write_in_worker(lines)
            if self._failure is not None:
                raise RolloutWriteError(self._path, self._failure)

    @property
    def _unwritten(self) -> bool:
        return bool(self._queue or self._batch)

    def _write_inline(self) -> None:
        if not self._live or self._in_worker or self._batch or self._queued_bytes > INLINE_LIMIT:
            return
        self._take_queue()
        self._write_batch()

    def _take_queue(self) -> None:
        self._batch.extend(self._queue)
        self._queue.clear()
        self._queued_bytes = 0

    async def _write_in_worker(self, copied: Iterable[RolloutLine] = ()) -> None:
        waiting = tuple(self._queue)
        self._queue.clear()
        self._queued_bytes = 0
        self._in_worker = True
        try:
            await anyio.to_thread.run_sync(self._write_with, waiting, copied)
        finally:
            self._in_worker = False
        self._write_inline()  # what was appended while the worker wrote

    def _write_with(self, waiting: tuple[Entry, ...], copied: Iterable[RolloutLine]) -> None:
        if self._meta is not None:
            self._batch.append(self._first_line(self._meta))
            self._meta = None
        self._live = True
        for line in copied:
            self._batch.append((line.type, encode_payload(line.payload)))
            if len(self._batch) == _COPY_BATCH:
                self._write_batch()
                if self._failure is not None:
                    return
        self._batch.extend(waiting)
        self._write_batch()

    def _first_line(self, meta: SessionMeta) -> Entry:
        if self._git_of is not None and meta.git is None:
            meta = meta.with_git(self._git_of(meta.cwd))
        item = meta.to_item()
        return item.type, encode_payload(item.payload)

    def _write_batch(self) -> None:
        """Write all lines of the batch; after an error once more, on a fresh handle."""
        self._failure = self._write_lines() and self._write_lines()
        if self._failure is None:
            self._reported = False

    def _write_lines(self) -> OSError | None:
        """One write for all lines. On an error the batch holds exactly what is not in the file."""
        try:
            file = self._file or self._open()
        except OSError as error:
            return error
        stamp = utc_ms(self._now_ms())
        lines = [_frame(stamp, entry) for entry in self._batch]
        if not lines:
            return None
        written, error = write_whole(file, lines[0] if len(lines) == 1 else b"".join(lines))
        for line in lines:
            if written < len(line):
                break
            written -= len(line)
            self._batch.popleft()
        if error is not None:
            self._torn = written
            if written and take_back(file, lines[-len(self._batch)][:written]):
                self._torn = 0
            self._drop_handle()
        return error

    def _open(self) -> LogFile:
        file = self._opener(self._path)
        try:
            if ends_inside_a_line(file):
                _, error = write_whole(file, b"\n")
                if error is not None:
                    raise error
                if self._torn and self._torn == len(_frame(utc_ms(0), self._batch[0])) - 1:
                    self._batch.popleft()  # only its newline was missing: the line is whole now
        except OSError:
            file.close()
            raise
        self._torn = 0
        self._file = file
        return file

    def _drop_handle(self) -> None:
        file, self._file = self._file, None
        if file is not None:
            with suppress(OSError):  # nothing is buffered, so nothing is lost
                file.close()

    def _raise_failure(self) -> None:
        if self._failure is not None and not self._reported:
            self._reported = True
            raise RolloutWriteError(self._path, self._failure)
