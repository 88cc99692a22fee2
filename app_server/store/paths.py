"""Where rollouts are: names, folders, and finding one by its thread (persistence.md §2.1, §6.3)."""

import os
from collections.abc import Iterable, Iterator
from functools import cache, lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Final, NamedTuple

if TYPE_CHECKING:
    from re import Pattern

from app_server.store.timestamps import local_stamp, parse_instant, utc_ms

SESSIONS: Final = "sessions"
ARCHIVED: Final = "archived_sessions"
_DEPTH: Final = 3  # year, month, day
DAY_MS: Final = 86_400_000


class RolloutName(NamedTuple):
    """What the name of a rollout tells: `rollout-<local time>-<thread id>[_<segment id>].jsonl`.

    The newer reference begins another segment, in another file, when a thread is reverted; the newest counts.
    """

    stamp: str
    thread_id: str
    segment: str = ""

    @property
    def created_ms(self) -> int:
        """When the thread was created: from its id, which is a UUIDv7, else from the name's stamp."""
        if self.thread_id[14] == "7":
            return int(self.thread_id[:8] + self.thread_id[9:13], 16)
        return parse_instant(self.stamp) or 0


class FoundRollout(NamedTuple):
    """A rollout that a walk came across."""

    path: str
    name: RolloutName


@cache
def _pattern() -> "Pattern[str]":
    import re  # listings need it, a first turn does not

    uuid = r"[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}"
    return re.compile(rf"rollout-(\d{{4}}-\d\d-\d\dT\d\d-\d\d-\d\d)-({uuid})(?:_({uuid}))?\.jsonl", re.ASCII)


@lru_cache(maxsize=1 << 14)
def parse_name(name: str) -> RolloutName | None:
    """None when a file of this name is not a rollout."""
    match = _pattern().fullmatch(name)
    return None if match is None else RolloutName(match[1], match[2], match[3] or "")


def new_rollout_path(home: Path, thread_id: str, created_ms: int) -> Path:
    """Where the log of a thread created at this instant belongs; local time, as the reference has it."""
    stamp = local_stamp(created_ms)
    return sessions_folder(home, stamp) / f"rollout-{stamp}-{thread_id}.jsonl"


def sessions_folder(home: Path, stamp: str) -> Path:
    """The date folder of a name's stamp."""
    return home / SESSIONS / stamp[0:4] / stamp[5:7] / stamp[8:10]


def rollouts(home: Path, *, archived: bool) -> list[FoundRollout]:
    """All rollouts of one kind, one for each thread, in no order. What cannot be listed is passed over."""
    newest: dict[str, FoundRollout] = {}
    for found in _walk(_root(home, archived=archived), 0 if archived else _DEPTH):
        known = newest.get(found.name.thread_id)
        if known is None or (known.name.segment, known.path) < (found.name.segment, found.path):
            newest[found.name.thread_id] = found
    return list(newest.values())


def find_rollout(home: Path, thread_id: str, *, archived: bool) -> Path | None:
    """The newest file of a thread. Looks where its id says that it was created before it looks everywhere."""
    if archived:
        return _newest(segments(home, thread_id, archived=True))
    folders = (os.fspath(folder) for folder in _likely_folders(home, thread_id))
    near = (found for folder in folders for found in _walk(folder, 0, thread_id))
    path = _newest(found for found in near if found.name.thread_id == thread_id)
    return path or _newest(segments(home, thread_id, archived=False))


def segments(home: Path, thread_id: str, *, archived: bool) -> list[FoundRollout]:
    """Every file of a thread."""
    named = _walk(_root(home, archived=archived), 0 if archived else _DEPTH, thread_id)
    return [found for found in named if found.name.thread_id == thread_id]


def _newest(found: Iterable[FoundRollout]) -> Path | None:
    newest = max(found, key=lambda one: (one.name.segment, one.path), default=None)
    return None if newest is None else Path(newest.path)


def _root(home: Path, *, archived: bool) -> str:
    return os.fspath(home / (ARCHIVED if archived else SESSIONS))


def _likely_folders(home: Path, thread_id: str) -> list[Path]:
    if len(thread_id) != 36 or thread_id[14] != "7":
        return []
    created_ms = RolloutName("", thread_id).created_ms
    # Folders are named in local time, which need not be that of today.
    return [sessions_folder(home, utc_ms(created_ms + days * DAY_MS)) for days in (0, -1, 1)]


def _walk(folder: str, depth: int, thread_id: str = "") -> Iterator[FoundRollout]:
    """Rollouts so many folders down; only those of one thread, if it is named."""
    try:
        with os.scandir(folder) as entries:
            names = [entry.name for entry in entries]
    except OSError:
        return
    for name in names:
        path = f"{folder}{os.sep}{name}"
        if depth:
            if name.isdecimal():
                yield from _walk(path, depth - 1, thread_id)
        elif thread_id in name and (parsed := parse_name(name)) is not None:
            yield FoundRollout(path, parsed)
