"""What the agent needs of a thread's log, on disk or in memory."""

from collections.abc import Iterable
from pathlib import Path
from typing import Protocol

from app_server.store.rollout_items import RolloutItem, RolloutLine
from app_server.store.timestamps import utc_ms


class ThreadLog(Protocol):
    """Where a live thread records what happens to it, in order."""

    @property
    def path(self) -> Path | None: ...

    @property
    def materialised(self) -> bool: ...

    def append(self, *items: RolloutItem | None) -> None:
        """Record items in this order (None is skipped). Never waits and never fails."""
        ...

    async def materialise(self) -> None:
        """Make the thread durable: from now on every item is written."""
        ...

    async def commit(self) -> None:
        """Make the thread durable. Raises RolloutWriteError whenever something is not written."""
        ...

    async def flush(self) -> None:
        """Write what is queued. Raises RolloutWriteError, once per outage."""
        ...

    async def close(self) -> None:
        """Flush and let go."""
        ...

    async def copy(self, lines: Iterable[RolloutLine]) -> None:
        """Begin with another thread's entries: a fork. Comes before any append, and makes it durable."""
        ...

    def discard(self) -> None:
        """Let go without writing."""
        ...


class MemoryLog:
    """The log of an ephemeral thread: never a file, gone with the thread (persistence.md §10)."""

    def __init__(self) -> None:
        self._lines: list[RolloutLine] = []

    @property
    def path(self) -> None:
        return None

    @property
    def materialised(self) -> bool:
        return False

    @property
    def lines(self) -> tuple[RolloutLine, ...]:
        """All that was recorded, as replay takes it."""
        return tuple(self._lines)

    def append(self, *items: RolloutItem | None) -> None:
        self._lines.extend(
            RolloutLine(utc_ms(0), item.type, item.payload) for item in items if item is not None
        )

    async def materialise(self) -> None:
        return None

    async def commit(self) -> None:
        return None

    async def flush(self) -> None:
        return None

    async def close(self) -> None:
        return None

    async def copy(self, lines: Iterable[RolloutLine]) -> None:
        self._lines.extend(lines)

    def discard(self) -> None:
        self._lines.clear()
