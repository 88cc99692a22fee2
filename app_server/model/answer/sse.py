"""Server-sent events, bytes in and data out, with no input or output of its own.

Follows the format of the HTML standard: lines end in LF, CRLF or CR, `data` lines of one event are joined,
comments and all other fields are skipped. Feeding a stream whole or byte by byte gives the same events.
"""

from typing import Final

MAX_EVENT_BYTES: Final = 64 * 1024 * 1024
"""A finished item with an image inside is several MiB; this is beyond any real event."""

_BOM: Final = b"\xef\xbb\xbf"


class EventTooLargeError(Exception):
    """The peer sent an event larger than the limit."""


class SseParser:
    """Owns the unfinished event at the end of what was fed."""

    def __init__(self, max_event_bytes: int = MAX_EVENT_BYTES) -> None:
        self._max = max_event_bytes
        self._pending: list[bytes] = []
        self._pending_size = 0
        self._ends_with_lf = False
        self._after_cr = False
        self._at_start = True

    def feed(self, chunk: bytes) -> list[bytes]:
        """The data of every event that this chunk completes.

        Raises EventTooLargeError when the unfinished event outgrows the limit.
        """
        chunk = self._with_plain_line_ends(chunk)
        if not chunk:
            return []
        # Only a blank line completes events. Looking for it just in what is new, together with the last byte
        # before, keeps the cost of an event that comes in many pieces linear.
        completes = (self._ends_with_lf and chunk[0] == 10) or b"\n\n" in chunk
        self._ends_with_lf = chunk[-1] == 10
        self._pending.append(chunk)
        self._pending_size += len(chunk)
        if not completes:
            if self._pending_size > self._max:
                raise EventTooLargeError
            return []
        blocks = b"".join(self._pending).split(b"\n\n")
        rest = blocks.pop()
        self._pending = [rest]
        self._pending_size = len(rest)
        return self._data_of(blocks)

    def finish(self) -> list[bytes]:
        """The stream has ended: an event that lacks only its blank line counts all the same."""
        rest = b"".join(self._pending)
        self._pending = []
        self._pending_size = 0
        return self._data_of([rest])

    def _data_of(self, blocks: list[bytes]) -> list[bytes]:
        if self._at_start and blocks:
            self._at_start = False
            blocks[0] = blocks[0].removeprefix(_BOM)
        return [data for block in blocks if (data := _data(block)) is not None]

    def _with_plain_line_ends(self, chunk: bytes) -> bytes:
        if self._after_cr and chunk[:1] == b"\n":
            chunk = chunk[1:]
            self._after_cr = False
        if b"\r" not in chunk:
            self._after_cr = self._after_cr and not chunk
            return chunk
        self._after_cr = chunk[-1] == 13
        return chunk.replace(b"\r\n", b"\n").replace(b"\r", b"\n")


def _data(block: bytes) -> bytes | None:
    """The joined data lines of one event, or None when it has none."""
    start = block.rfind(b"\ndata: ")
    if start >= 0 and block.startswith(b"event:") and block.find(b"\n") == start:
        # `event: …` and then one `data: …` line: the form that providers really send.
        line = block[start + 7 :]
        if b"\n" not in line:
            return line
    lines: list[bytes] = []
    for line in block.split(b"\n"):
        field, _, value = line.partition(b":")
        if field == b"data":
            lines.append(value[1:] if value[:1] == b" " else value)
    return b"\n".join(lines) if lines else None
