"""The threads of one CODEX_HOME: created, found, listed, read back, renamed, archived (persistence.md §10).

Ids are the durable handle; paths are found anew each time. File work runs in worker threads, at most two
replays of whole logs at once, so that the event loop always gets its turn.
"""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Final, TypeVar

import anyio
import anyio.to_thread

from app_server.store.errors import (
    LiveWriterError,
    NoRolloutError,
    StoreInternalError,
    UnknownThreadError,
)
from app_server.store.paths import new_rollout_path
from app_server.store.rollout_writer import RolloutWriter
from app_server.store.thread_log import MemoryLog, ThreadLog
from app_server.store.timestamps import parse_instant

if TYPE_CHECKING:  # what reads and lists is not imported before it is needed: a first turn only writes
    from collections.abc import Callable
    from pathlib import Path

    from app_server.store.finding import Occurrence
    from app_server.store.replay_history import Contextual, ReplayedHistory
    from app_server.store.session_meta import GitState, SessionMeta
    from app_server.store.stored_thread import StoredThread
    from app_server.store.thread_files import ThreadFiles
    from app_server.store.thread_list import ThreadPage, ThreadQuery
    from app_server.store.thread_record import ThreadRecord
    from protocol.turn import Turn

T = TypeVar("T")
_REPLAYS_AT_ONCE: Final = 2


class LocalThreadStore:
    """Owns the writers of live threads: one for each thread."""

    def __init__(self, home: Path, *, git_of: Callable[[str], GitState | None] | None = None) -> None:
        """`git_of` tells the repository of a folder; asked when a thread's file is created."""
        self._opened: ThreadFiles | None = None
        self._home = home
        self._git_of = git_of
        self._writers: dict[str, RolloutWriter] = {}
        self._replays = anyio.CapacityLimiter(_REPLAYS_AT_ONCE)

    @property
    def _files(self) -> ThreadFiles:
        if self._opened is None:
            from app_server.store.thread_files import ThreadFiles

            self._opened = ThreadFiles(self._home)
        return self._opened

    def create(self, meta: SessionMeta, *, ephemeral: bool = False) -> ThreadLog:
        """The log of a new thread; its file, if any, is created when it is materialised."""
        if ephemeral:
            return MemoryLog()
        path = new_rollout_path(self._home, meta.id, parse_instant(meta.timestamp) or 0)
        return self._register(meta.id, path, meta)

    def open_for_append(self, thread_id: str, path: Path) -> ThreadLog:
        """The log of a stored thread that goes on. Raises LiveWriterError."""
        return self._register(thread_id, path, None)

    def _register(self, thread_id: str, path: Path, meta: SessionMeta | None) -> RolloutWriter:
        if thread_id in self._writers:
            raise LiveWriterError(thread_id)

        def forget() -> None:
            self._writers.pop(thread_id, None)

        writer = RolloutWriter(path, meta, git_of=self._git_of, on_close=forget)
        self._writers[thread_id] = writer
        return writer

    def discard_writers(self) -> None:
        """Let go of every open file without writing what is queued: for the end of the process."""
        for writer in tuple(self._writers.values()):
            writer.discard()

    async def find(self, thread_id: str, *, archived: bool | None = None) -> Path | None:
        """The thread's file, current before archived unless `archived` says which."""
        return await _in_thread(partial(self._files.find, thread_id, archived=archived))

    async def _find_written(self, thread_id: str) -> Path | None:
        # A file that is being created at this moment would look like an empty one.
        writer = self._writers.get(thread_id)
        if writer is not None:
            await writer.settle()
        return await self.find(thread_id)

    async def load(self, thread_id: str) -> StoredThread:
        """Raises NoRolloutError, UnreadableRolloutError. Archived threads are found too."""
        path = await self._find_written(thread_id)
        if path is None:
            raise NoRolloutError(thread_id)
        return await _in_thread(partial(self._files.load, path))

    async def load_path(self, path: str) -> StoredThread:
        """A thread named by the path of its file, relative to the home. Raises StoreRequestError."""
        return await _in_thread(lambda: self._files.load(self._files.resolve(path)))

    async def replay(
        self,
        stored: StoredThread,
        contextual: Contextual,
        active_turn_id: str | None = None,
        *,
        rollback: int = 0,
        before: str | None = None,
    ) -> tuple[ReplayedHistory, list[Turn]]:
        """The model's history and the clients' turns. Raises UnreadableRolloutError."""
        work = partial(stored.replay, contextual, active_turn_id, rollback=rollback, before=before)
        return await anyio.to_thread.run_sync(work, limiter=self._replays)

    async def read(self, thread_id: str) -> ThreadRecord | None:
        """The facts of a stored thread; None when it has no file. Raises UnreadableRolloutError."""
        path = await self._find_written(thread_id)
        return None if path is None else await _in_thread(partial(self._files.record, path))

    async def record_at(self, path: Path) -> ThreadRecord:
        """The same for a known file. Raises UnreadableRolloutError."""
        return await _in_thread(partial(self._files.record, path))

    async def list(self, query: ThreadQuery) -> ThreadPage:
        """A page of threads that have a user message. Raises BadCursorError."""
        return await _in_thread(partial(self._files.page, query))

    async def search(
        self, query: ThreadQuery, term: str, contextual: Contextual
    ) -> tuple[ThreadPage, dict[str, Occurrence]]:
        """A page of the threads in which the term was said, and by id where first. Raises BadCursorError."""
        from dataclasses import replace

        from app_server.store.searched import Searched

        for writer in tuple(self._writers.values()):
            await writer.settle()
        searched = Searched(self._files, term, contextual)
        asked = partial(self._files.page, replace(query, also=searched.holds))
        return await anyio.to_thread.run_sync(asked, limiter=self._replays), searched.places

    async def agents_of(self, thread_id: str) -> list[str]:
        """The threads of the agents under it that are not archived, each behind whoever started it."""
        return await _in_thread(partial(self._files.agents_of, thread_id))

    async def archive(self, thread_id: str) -> Path:
        """Move the thread's file to the archive. Raises NoRolloutError; the thread should not be live."""
        path = await self.find(thread_id, archived=False)
        if path is None:
            raise NoRolloutError(thread_id)
        return await self._move(thread_id, path, self._files.archive)

    async def unarchive(self, thread_id: str) -> ThreadRecord:
        """Move it back; a live writer goes on at the new place. Raises NoRolloutError."""
        path = await self.find(thread_id, archived=True)
        if path is None:
            raise NoRolloutError(thread_id, archived=True)
        return await self.record_at(await self._move(thread_id, path, self._files.unarchive))

    async def _move(self, thread_id: str, path: Path, move: Callable[[Path], Path]) -> Path:
        writer = self._writers.get(thread_id)
        if writer is not None:
            await writer.flush()
            writer.release()  # an open file cannot be renamed everywhere
        try:
            target = await _in_thread(partial(move, path))
        except OSError as error:
            raise StoreInternalError(f"failed to move {path}: {error.strerror or error}") from error
        if writer is not None:
            writer.moved_to(target)
        return target

    async def set_name(self, thread_id: str, name: str) -> str:
        """Name a stored or live thread and say the name as kept. Raises StoreRequestError, NoRolloutError.

        A live thread that has no file yet gets one. Archived threads cannot be named.
        """
        from app_server.store.thread_names import checked_name

        kept = checked_name(name)
        writer = self._writers.get(thread_id)
        if writer is not None:
            await writer.commit()
        elif await self.find(thread_id, archived=False) is None:
            archived = await self.find(thread_id, archived=True)
            if archived is None:
                raise UnknownThreadError(thread_id)
            raise NoRolloutError(thread_id)
        await _in_thread(partial(self._files.names.set, thread_id, kept))
        return kept

    async def name_of(self, thread_id: str) -> str | None:
        """The name that a user gave the thread."""
        return (await _in_thread(self._files.names.all)).get(thread_id)

    async def set_git(self, thread_id: str, git: GitState | None) -> None:
        """Record other git facts, in a further meta line. Raises StoreError."""
        await self._amend(thread_id, lambda meta: meta.with_git(git))

    async def set_memory_mode(self, thread_id: str, mode: str) -> None:
        """Record whether memories may be made of the thread. Raises as `set_git`; not for archived ones."""
        if thread_id not in self._writers and await self.find(thread_id, archived=False) is None:
            if await self.find(thread_id) is not None:
                raise NoRolloutError(thread_id)
            raise UnknownThreadError(thread_id)
        await self._amend(thread_id, lambda meta: meta.with_memory_mode(mode))

    async def _amend(self, thread_id: str, change: Callable[[SessionMeta], SessionMeta]) -> None:
        """Append a changed meta line; a live thread that has no file yet gets one."""
        writer = self._writers.get(thread_id)
        if writer is not None:
            await writer.commit()
        elif await self.find(thread_id) is None:
            raise UnknownThreadError(thread_id)
        stored = await self.load(thread_id)
        log = writer or RolloutWriter(stored.path)
        log.append(change(stored.meta).to_item())
        await log.commit()
        if writer is None:
            await log.close()

    async def delete(self, thread_id: str) -> None:
        """Remove the thread's file for good, with its queue and its goal. Raises NoRolloutError.

        The thread must not be live.
        """
        path = await self._find_written(thread_id)
        if path is None:
            raise NoRolloutError(thread_id)
        from app_server.store.goals import GoalFiles  # few threads are deleted
        from app_server.store.queues import QueueFiles
        from app_server.store.read_marks import ReadMarks

        try:
            await _in_thread(path.unlink)
            await _in_thread(partial(QueueFiles(self._home).save, thread_id, ()))
            await _in_thread(partial(ReadMarks(self._home).forget, thread_id))
            await _in_thread(partial(GoalFiles(self._home).write, thread_id, None))
        except OSError as error:
            raise StoreInternalError(f"failed to delete {path}: {error.strerror or error}") from error


async def _in_thread(work: Callable[[], T]) -> T:
    return await anyio.to_thread.run_sync(work)
