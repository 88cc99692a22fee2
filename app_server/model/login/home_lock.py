"""A lock in the home that processes which share it take in turns, so that a login is renewed once (D10)."""

from pathlib import Path
from typing import TYPE_CHECKING, Final

import anyio

if TYPE_CHECKING:
    from filelock import BaseFileLock

_PAUSE_SECONDS: Final = 0.02


async def locked(file: Path, *, seconds: float) -> "BaseFileLock | None":
    """The lock, which the caller releases; None when others have kept it for so long."""
    from filelock import FileLock  # few processes ever renew a login

    lock = FileLock(file, thread_local=False)
    with anyio.move_on_after(seconds):
        while not _acquired(lock):  # noqa: ASYNC110 - other processes set no event of ours
            await anyio.sleep(_PAUSE_SECONDS)
    return lock if lock.is_locked else None


def _acquired(lock: "BaseFileLock") -> bool:
    from filelock import Timeout

    try:
        lock.acquire(blocking=False)
    except Timeout:
        return False
    return True
