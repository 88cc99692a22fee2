"""Lines on their way from the reading thread to the server, bounded in bytes: when full, reading stops."""

from collections.abc import Callable
from threading import Condition

DEFAULT_BOUND = 8 * 1024 * 1024
"""Bytes that may wait. A single longer line is let in when nothing else waits."""

_PER_LINE = 64
# What a line costs beyond its bytes, so that empty ones count too.


class Inbox:
    """One thread puts, one other takes; `on_arrival` is called in the putting thread."""

    def __init__(self, bound: int = DEFAULT_BOUND) -> None:
        self._bound = bound
        self._changed = Condition()
        self._lines: list[bytes] = []
        self._size = 0
        self._ended = False
        self._on_arrival: Callable[[], None] | None = None

    def put(self, lines: list[bytes]) -> None:
        """Add lines, after waiting until they fit."""
        size = sum(map(len, lines)) + _PER_LINE * len(lines)
        with self._changed:
            while self._lines and self._size + size > self._bound and not self._ended:
                self._changed.wait()
            self._lines += lines
            self._size += size
            self._announce()

    def end(self) -> None:
        """Nothing more will come. What waits can still be taken."""
        with self._changed:
            self._ended = True
            self._announce()

    def take(self) -> list[bytes]:
        """All that waits, at once."""
        with self._changed:
            lines, self._lines = self._lines, []
            self._size = 0
            self._changed.notify_all()
            return lines

    def first(self) -> bytes | None:
        """The oldest line that waits, left where it is."""
        return self._lines[0] if self._lines else None

    def drop_first(self) -> None:
        """The oldest line has been dealt with."""
        with self._changed:
            self._size -= len(self._lines.pop(0)) + _PER_LINE
            self._changed.notify_all()

    def wait(self, seconds: float) -> bool:
        """Block this thread until there is a line or the end; False when the time ran out first."""
        with self._changed:
            return self._changed.wait_for(lambda: bool(self._lines) or self._ended, seconds)

    @property
    def ended(self) -> bool:
        """Whether the end was announced and everything before it was taken."""
        return self._ended and not self._lines

    def watch(self, on_arrival: Callable[[], None] | None) -> None:
        """Have this called at each arrival from now on, and once at once if something is there."""
        with self._changed:
            self._on_arrival = on_arrival
            if on_arrival is not None and (self._lines or self._ended):
                on_arrival()

    def _announce(self) -> None:
        self._changed.notify_all()
        if self._on_arrival is not None:
            self._on_arrival()
