"""Finding and reading stored threads. Blocking throughout: `threads` runs it in worker threads."""

import os
from pathlib import Path
from typing import Final

from app_server.store.errors import StoreError, StoreRequestError, UnreadableRolloutError
from app_server.store.paths import (
    ARCHIVED,
    SESSIONS,
    FoundRollout,
    find_rollout,
    parse_name,
    rollouts,
    segments,
    sessions_folder,
)
from app_server.store.rollout_head import RolloutHead, read_head
from app_server.store.rollout_reader import RolloutFile, first_meta
from app_server.store.session_meta import SessionMeta
from app_server.store.session_source import parent_of
from app_server.store.spawned import MARK, spawned
from app_server.store.stored_thread import StoredThread
from app_server.store.thread_list import Place, ThreadPage, ThreadQuery, build_page
from app_server.store.thread_names import ThreadNames
from app_server.store.thread_record import ThreadRecord, thread_record

_CACHED_HEADS: Final = 4096


class ThreadFiles:
    """The rollouts under one home. Remembers heads of files that have not changed; forgets nothing else."""

    def __init__(self, home: Path) -> None:
        self.home = home
        self.names = ThreadNames(home)
        self._heads: dict[str, tuple[int, int, RolloutHead]] = {}

    def find(self, thread_id: str, *, archived: bool | None = None) -> Path | None:
        """The thread's file; `archived` None looks among current threads first, then among archived ones."""
        kinds = (False, True) if archived is None else (archived,)
        found = (find_rollout(self.home, thread_id, archived=kind) for kind in kinds)
        return next((path for path in found if path is not None), None)

    def resolve(self, path: str) -> Path:
        """A rollout named by its path, relative to the home. Raises StoreRequestError."""
        full = self.home / path
        try:
            return full.resolve(strict=True)
        except OSError as error:
            reason = f"{error.strerror} (os error {error.errno})"
            raise StoreRequestError(f"failed to resolve rollout path `{path}`: {reason}") from error

    def is_archived(self, path: Path) -> bool:
        return path.parent == self.home / ARCHIVED or path.parent == (self.home / ARCHIVED).resolve()

    def load(self, path: Path) -> StoredThread:
        """Raises UnreadableRolloutError."""
        own = RolloutFile(path)
        meta = first_meta(path, iter(own))
        parts, seen, base_meta = [own], {path}, meta
        while (base := self._base_of(parts[0].path, base_meta, seen)) is not None:
            parts.insert(0, base)
            seen.add(base.path)
            base_meta = first_meta(base.path, iter(base))
        return StoredThread(path, self.is_archived(path), meta, tuple(parts))

    def _base_of(self, path: Path, meta: SessionMeta, seen: set[Path]) -> RolloutFile | None:
        """The file that this one goes on from, read as far as it was then (0.169.0 forks and reverts)."""
        base = meta.history_base
        if base is None:
            return None
        own = parse_name(path.name)
        files = [*segments(self.home, base.thread_id, archived=False)]
        files += segments(self.home, base.thread_id, archived=True)
        for found in sorted(files, key=lambda one: one.name.segment, reverse=True):
            older = own is None or own.thread_id != base.thread_id or found.name.segment < own.segment
            candidate = Path(found.path)
            if older and candidate not in seen and _size(candidate) >= base.end_byte_offset:
                return RolloutFile(candidate, end=base.end_byte_offset)
        return None

    def record(self, path: Path) -> ThreadRecord:
        """The facts of one thread. Raises UnreadableRolloutError."""
        try:
            status = path.stat()
            head = self._head(path, status)
        except OSError as error:
            raise UnreadableRolloutError(path, error.strerror or str(error)) from error
        if head.meta is None:
            first_meta(path, iter(RolloutFile(path)))  # says what is wrong with it
            raise UnreadableRolloutError(path, f"rollout at {path} does not start with session metadata")
        return self._record(path, head, head.meta, status)

    def _record(
        self, path: Path, head: RolloutHead, meta: SessionMeta, status: os.stat_result
    ) -> ThreadRecord:
        return thread_record(
            path,
            head,
            meta,
            archived=self.is_archived(path),
            updated_ms=status.st_mtime_ns // 1_000_000,
            name=self.names.all().get(meta.id),
        )

    def _head(self, path: Path, status: os.stat_result) -> RolloutHead:
        key = os.fspath(path)
        known = self._heads.get(key)
        if known is not None and known[:2] == (status.st_mtime_ns, status.st_size):
            return known[2]
        head = read_head(path)
        base = None if head.meta is None else self._base_of(path, head.meta, {path})
        if base is not None:
            head.go_on_from(self._head(base.path, base.path.stat()))
        if len(self._heads) >= _CACHED_HEADS:
            self._heads.pop(next(iter(self._heads)), None)
        self._heads[key] = (status.st_mtime_ns, status.st_size, head)
        return head

    def page(self, query: ThreadQuery) -> ThreadPage:
        """Raises StoreRequestError for a bad cursor; never fails because of a file."""
        found = {one.name.thread_id: one for one in rollouts(self.home, archived=query.archived)}
        names = self.names.all()

        def record_of(thread_id: str) -> ThreadRecord | None:
            path = Path(found[thread_id].path)
            try:
                status = path.stat()
                head = self._head(path, status)
            except OSError:
                return None
            if head.meta is None:
                return None
            return thread_record(
                path,
                head,
                head.meta,
                archived=query.archived,
                updated_ms=status.st_mtime_ns // 1_000_000,
                name=names.get(head.meta.id),
            )

        return build_page(query, _places(found, by_update=query.sort == "updated_at"), record_of)

    def agents_of(self, thread_id: str) -> list[str]:
        """The threads of the agents under it that are not archived, each behind whoever started it."""
        found: list[str] = []
        level = [thread_id]
        while level:
            level = [agent for one in level for agent in self._agents_of(one) if agent not in found]
            found += level
        return found

    def _agents_of(self, thread_id: str) -> list[str]:
        """Those that it started itself, the newest first."""
        try:
            path = self.find(thread_id)
            stored = None if path is None else self.load(path)
            if stored is None or not any(part.count(MARK) for part in stored.parts):
                return []
            started = list(dict.fromkeys(spawned(stored)))
            paths = [(one, self.find(one, archived=False)) for one in reversed(started)]
            return [
                one
                for one, path in paths
                if path is not None and parent_of(self.record(path).source) == thread_id
            ]
        except StoreError:
            return []

    def archive(self, path: Path) -> Path:
        """Move the file to the archive folder and say where it is. Raises OSError."""
        target = self.home / ARCHIVED / path.name
        target.parent.mkdir(parents=True, exist_ok=True)
        path.replace(target)
        return target

    def unarchive(self, path: Path) -> Path:
        """Move the file to the date folder that its name tells; it counts as changed now. Raises OSError."""
        name = parse_name(path.name)
        folder = self.home / SESSIONS if name is None else sessions_folder(self.home, name.stamp)
        folder.mkdir(parents=True, exist_ok=True)
        target = folder / path.name
        path.replace(target)
        os.utime(target)
        return target


def _places(found: dict[str, FoundRollout], *, by_update: bool) -> list[Place]:
    if not by_update:
        return [(one.name.created_ms, thread_id) for thread_id, one in found.items()]
    return [(_changed_ms(one.path), thread_id) for thread_id, one in found.items()]


def _changed_ms(path: str) -> int:
    try:
        return Path(path).stat().st_mtime_ns // 1_000_000
    except OSError:
        return 0


def _size(path: Path) -> int:
    try:
        return path.stat().st_size
    except OSError:
        return -1
