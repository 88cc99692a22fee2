"""A store's home, a thread to write, and a disk that fails on demand."""

import errno
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Protocol

import pytest

from app_server.store.log_file import LogFile, OpenLog, open_log
from app_server.store.rollout_items import EVENT, RolloutItem
from app_server.store.rollout_writer import RolloutWriter
from app_server.store.session_meta import GitState, SessionMeta

THREAD = "01a202e6-5241-7e93-8f22-744fcc70e49b"
CREATED = "2026-11-22T10:56:18.497Z"
NOW = "2026-11-22T10:56:20.000Z"
NOW_MS = 1_795_344_980_000


def meta_of(thread_id: str = THREAD, timestamp: str = CREATED) -> SessionMeta:
    """A thread as an editor would start it."""
    return SessionMeta(
        id=thread_id,
        timestamp=timestamp,
        cwd="/work/space",
        originator="editor",
        cli_version="0.169.0",
        source="vscode",
        model_provider="mock",
        base_instructions="Be helpful.",
    )


def note(text: str) -> RolloutItem:
    """An event that is easy to find again."""
    return RolloutItem(EVENT, {"type": "note", "text": text})


class FailingDisk:
    """A disk with so many bytes left; a write that finds no room leaves what fits, and the next one fails."""

    def __init__(self, room: int, *, cuts: bool = True) -> None:
        self.room = room
        self.cuts = cuts
        self.refusals = 0

    def open(self, path: Path) -> LogFile:
        return _FailingFile(open_log(path), self)


class _FailingFile:
    def __init__(self, file: LogFile, disk: FailingDisk) -> None:
        self._file = file
        self._disk = disk

    def write(self, data: bytes, /) -> int | None:
        if not self._disk.room:
            self._disk.refusals += 1
            raise OSError(errno.ENOSPC, "No space left on device")
        fitting = data[: self._disk.room]
        self._disk.room -= len(fitting)
        return self._file.write(fitting)

    def read(self, size: int, /) -> bytes | None:
        return self._file.read(size)

    def seek(self, offset: int, whence: int, /) -> int:
        return self._file.seek(offset, whence)

    def truncate(self, size: int, /) -> int:
        if not self._disk.cuts:
            raise OSError(errno.EIO, "Input/output error")
        return self._file.truncate(size)

    def close(self) -> None:
        self._file.close()


@pytest.fixture
def log_path(tmp_path: Path) -> Path:
    return tmp_path / "sessions" / "2026" / "11" / "22" / f"rollout-2026-11-22T10-56-18-{THREAD}.jsonl"


class WriterOf(Protocol):
    def __call__(
        self,
        path: Path,
        meta: SessionMeta | None = None,
        *,
        git_of: Callable[[str], GitState | None] | None = None,
        now_ms: Callable[[], int] = ...,
        opener: OpenLog = ...,
    ) -> RolloutWriter: ...


@pytest.fixture
def writer_of() -> Iterator[WriterOf]:
    """Makes writers that let go of their files when the test is over."""
    writers: list[RolloutWriter] = []

    def make(
        path: Path,
        meta: SessionMeta | None = None,
        *,
        git_of: Callable[[str], GitState | None] | None = None,
        now_ms: Callable[[], int] = lambda: NOW_MS,
        opener: OpenLog = open_log,
    ) -> RolloutWriter:
        writers.append(RolloutWriter(path, meta, git_of=git_of, now_ms=now_ms, opener=opener))
        return writers[-1]

    yield make
    for writer in writers:
        writer.discard()


@pytest.fixture
def put_rollout(tmp_path: Path) -> Callable[[str, bytes], Path]:
    """Puts a file of these bytes where a thread of this id belongs."""

    def put(thread_id: str, content: bytes) -> Path:
        folder = tmp_path / "sessions" / "2026" / "11" / "22"
        folder.mkdir(parents=True, exist_ok=True)
        path = folder / f"rollout-2026-11-22T10-56-18-{thread_id}.jsonl"
        path.write_bytes(content)
        return path

    return put
