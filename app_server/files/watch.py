"""Watching one path for changes (services.md §4): the path itself and, of a folder, what is directly in it.

The folder around a watched path is watched along with it, so that replacing a file is noticed however it is
done. While the path does not exist, the nearest folder above it that does is watched in its place.
"""

import math
import os
import stat
import threading
from collections.abc import AsyncGenerator
from typing import TYPE_CHECKING, Final, NamedTuple

import anyio
import anyio.to_thread

if TYPE_CHECKING:
    from watchfiles._rust_notify import RustNotify

GATHER_MILLISECONDS: Final = 200
"""Changes that follow each other within this time are told together."""

_STEP_MILLISECONDS: Final = 50
_DELETED: Final = 3

waiting_threads = anyio.CapacityLimiter(math.inf)
# Every watch keeps a thread waiting; the pool that other work shares would soon be empty.


class _Spot(NamedTuple):
    """A folder, or the watched path, as it is now; another one in its place is another spot."""

    path: str
    device: int
    inode: int


class PathWatch:
    """Watches one path from the moment `prepare` returns until `close`."""

    def __init__(self, path: str) -> None:
        self._path = path
        self._folder = os.path.dirname(path)  # noqa: PTH120 - paths stay as the client spells them
        self._stop = threading.Event()
        self._spots: tuple[_Spot, ...] = ()
        self._seen: tuple[int, ...] | None = None
        self._watcher: RustNotify | None = None

    async def prepare(self) -> None:
        """Begin: what changes from now on is noticed. Raises OSError when the system watches no more."""
        await anyio.to_thread.run_sync(self._aim)
        self._seen = _print(self._path)

    async def changes(self) -> AsyncGenerator[list[str]]:
        """The changed paths, sorted, in the spelling of the watched one; as long as the caller's scope lives.

        Raises OSError as `prepare`.
        """
        while True:
            found = await anyio.to_thread.run_sync(
                self._wait, abandon_on_cancel=True, limiter=waiting_threads
            )
            if found:
                yield found

    def close(self) -> None:
        """End the waiting thread, and let the watches of the system go."""
        self._stop.set()

    def _wait(self) -> list[str]:
        """One batch of changes; what only concerns other paths is an empty one. Blocks."""
        watcher = self._watcher
        if watcher is None or self._stop.is_set():
            return []
        found = watcher.watch(GATHER_MILLISECONDS, _STEP_MILLISECONDS, 0, self._stop)
        if isinstance(found, str):  # stopped, or a signal that the main thread handles
            watcher.close()
            return []
        changed = {path for _, path in found if self._concerns(path)}
        # What was removed may be back with the same number already, and its watch is gone all the same.
        watched = {spot.path for spot in self._spots}
        gone = any(kind == _DELETED and path in watched for kind, path in found)
        if gone or _spots(self._path) != self._spots:
            watcher.close()
            self._aim()
            # Between the old watch and the new one it may have come or gone unseen.
            if self._seen != _print(self._path):
                changed.add(self._path)
        self._seen = _print(self._path)
        return sorted(changed)

    def _aim(self) -> None:
        """Watch what has to be watched now, until that holds still."""
        from watchfiles._rust_notify import RustNotify

        while not self._stop.is_set():
            self._spots = _spots(self._path)
            paths = [spot.path for spot in self._spots]
            try:
                self._watcher = RustNotify(paths, False, False, 300, False, True)  # noqa: FBT003 - all have places
            except FileNotFoundError:
                continue  # gone again already
            if _spots(self._path) == self._spots:
                return

    def _concerns(self, path: str) -> bool:
        return path == self._path or os.path.dirname(path) == self._path  # noqa: PTH120 - as above


def _spots(path: str) -> tuple[_Spot, ...]:
    """What to watch for a path: the nearest folder above it that exists and, unless it is a file, itself."""
    found: list[_Spot] = []
    status = _status(path)
    # What a link leads to lies elsewhere, where the folder around the link says nothing about it.
    if status is not None and (stat.S_ISDIR(status.st_mode) or os.path.islink(path)):  # noqa: PTH114 - as above
        found.append(_Spot(path, status.st_dev, status.st_ino))
    above = os.path.dirname(path)  # noqa: PTH120 - as above
    while above:
        status = _status(above)
        if status is not None and stat.S_ISDIR(status.st_mode):
            if above != path:
                found.append(_Spot(above, status.st_dev, status.st_ino))
            break
        if above == (above := os.path.dirname(above)):  # noqa: PTH120 - as above
            break
    return tuple(found)


def _print(path: str) -> tuple[int, ...] | None:
    """Tells one state of a path from another; None when there is nothing."""
    found = _status(path)
    return None if found is None else (found.st_dev, found.st_ino, found.st_size, found.st_mtime_ns)


def _status(path: str) -> os.stat_result | None:
    try:
        return os.stat(path)  # noqa: PTH116 - the plain call tells most
    except OSError:
        return None
