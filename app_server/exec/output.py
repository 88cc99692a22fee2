"""What is kept of a command's output: all of it, or its beginning and its end (tools.md §3.2, §3.3)."""

from collections import deque
from typing import Final

KEPT_BYTES: Final = 1_048_576


class HeadTail:
    """Keeps the first half and the last half of a limit, whatever came in between."""

    def __init__(self, limit: int = KEPT_BYTES) -> None:
        self._head_room = limit // 2
        self._tail_limit = limit - self._head_room
        self._head = bytearray()
        self._tail: deque[bytes] = deque()
        self._tail_size = 0
        self.total = 0
        """Bytes that came, kept or not."""

    def add(self, data: bytes) -> None:
        self.total += len(data)
        room = self._head_room - len(self._head)
        if room > 0:
            self._head += data[:room]
            data = data[room:]
        if not data:
            return
        self._tail.append(data)
        self._tail_size += len(data)
        while self._tail and self._tail_size - len(self._tail[0]) >= self._tail_limit:
            self._tail_size -= len(self._tail.popleft())

    def kept(self) -> bytes:
        """What is left of it, in order."""
        tail = b"".join(self._tail)
        return bytes(self._head) + tail[max(0, len(tail) - self._tail_limit) :]

    def take(self) -> bytes:
        """What is left of it, after which it is empty."""
        kept = self.kept()
        self._head.clear()
        self._tail.clear()
        self._tail_size = 0
        self.total = 0
        return kept


class Beginning:
    """Keeps the first bytes up to a limit; None: all."""

    def __init__(self, limit: int | None) -> None:
        self._limit = limit
        self._data = bytearray()
        self._passed = 0
        self.full = False
        """Whether as much came as may be kept."""

    def add(self, data: bytes) -> bytes:
        """Keep what fits, and answer with it."""
        if self._limit is not None:
            data = data[: self._limit - self._passed]
        self._data += data
        self._passed += len(data)
        self.full = self._limit is not None and self._passed >= self._limit
        return data

    def forget(self) -> None:
        """What came was passed on, and counts, but need not be kept."""
        self._data.clear()

    def kept(self) -> bytes:
        return bytes(self._data)


def whole_characters(data: bytes) -> int:
    """How many of the bytes can be shown now: all but a UTF-8 character that has only begun."""
    for back in range(1, min(4, len(data) + 1)):
        byte = data[-back]
        if byte & 0xC0 == 0x80:
            continue
        needed = 4 if byte >= 0xF0 else 3 if byte >= 0xE0 else 2 if byte >= 0xC0 else 1
        return len(data) - back if needed > back else len(data)
    return len(data)
