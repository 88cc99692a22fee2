"""Empty folders that stand where something protected is missing, while a sandbox runs that hides it.

bubblewrap can only mount on what is there, so a folder has to be made on the host. An empty `.git` that stays
would make its folder look like a repository to other programs, so the last sandbox removes it. Servers
know by a lock on the folder itself that another one uses it, and by its mode what a killed one has left.
Linux alone.
"""

import contextlib
import fcntl
import os
import stat
from collections.abc import Iterable
from pathlib import Path
from typing import Final

_MODE: Final = 0o555
_TRIES: Final = 3


class Masks:
    """Holds the folders for one sandbox. Everything here blocks for a moment at most."""

    def __init__(self, places: Iterable[Path]) -> None:
        """Make those that are missing. What cannot be made by us cannot be made in the sandbox either."""
        self._held: dict[Path, int] = {}
        for place in places:
            with contextlib.suppress(OSError):
                self._hold(place)

    @property
    def places(self) -> tuple[Path, ...]:
        """The folders that stand in for nothing, in their order."""
        return tuple(self._held)

    def release(self) -> None:
        """The sandbox has ended: remove what no other one uses."""
        while self._held:
            place, held = self._held.popitem()
            with contextlib.suppress(OSError):  # in use, or no longer empty
                fcntl.flock(held, fcntl.LOCK_EX | fcntl.LOCK_NB)
                place.rmdir()
            os.close(held)

    def _hold(self, place: Path) -> None:
        for _ in range(_TRIES):  # another server may remove it before we have locked it
            with contextlib.suppress(FileExistsError):
                place.mkdir(_MODE)
                place.chmod(_MODE)  # whatever the umask is
            held = os.open(place, os.O_RDONLY | os.O_DIRECTORY | os.O_NOFOLLOW | os.O_CLOEXEC)
            try:
                fcntl.flock(held, fcntl.LOCK_SH | fcntl.LOCK_NB)
                if _is_same(held, place) and stat.S_IMODE(os.fstat(held).st_mode) == _MODE:
                    self._held[place] = held
                    return
            except BlockingIOError:
                pass
            os.close(held)


def is_mask(place: Path) -> bool:
    """Whether nothing is there, or an empty folder that stands in for nothing."""
    try:
        found = place.lstat()
        empty = stat.S_ISDIR(found.st_mode) and stat.S_IMODE(found.st_mode) == _MODE
        return empty and next(place.iterdir(), None) is None
    except FileNotFoundError:
        return True
    except OSError:
        return False


def _is_same(held: int, place: Path) -> bool:
    try:
        return os.path.samestat(os.fstat(held), place.lstat())
    except FileNotFoundError:
        return False
