r"""Bytes in any pieces to whole lines, and nothing else (connection.md §1.3).

A line ends at `\n`; a `\r` before it is JSON white space and stays. The pieces of an unfinished line are only
joined once it is whole, so a huge line costs no more than its bytes.
"""

DEFAULT_LINE_CAP = 256 * 1024 * 1024
"""The longest line taken, in bytes."""


class LineTooLongError(Exception):
    """The peer has sent a line over the cap; there is no way to find the start of the next one."""

    def __init__(self, cap: int) -> None:
        super().__init__(f"a message line is longer than {cap} bytes")


class LineSplitter:
    """Collects bytes and hands out lines, without their `\\n`."""

    __slots__ = ("_cap", "_held", "_pieces")

    def __init__(self, cap: int = DEFAULT_LINE_CAP) -> None:
        self._cap = cap
        self._pieces: list[bytes] = []
        self._held = 0

    def feed(self, chunk: bytes) -> list[bytes]:
        """The lines that this chunk completes. Raises LineTooLongError before joining one over the cap."""
        end = chunk.rfind(b"\n")
        if end < 0:
            self._hold(chunk)
            return []
        lines = chunk[:end].split(b"\n")
        if self._pieces:
            self._hold(lines[0])
            lines[0] = b"".join(self._pieces)
            self._pieces = []
            self._held = 0
        if end >= self._cap and any(len(line) > self._cap for line in lines):
            raise LineTooLongError(self._cap)
        if end + 1 < len(chunk):
            self._hold(chunk[end + 1 :])
        return lines

    def finish(self) -> list[bytes]:
        """What stood after the last `\\n` when the input ended: one line, or none."""
        rest = b"".join(self._pieces)
        self._pieces = []
        self._held = 0
        return [rest] if rest else []

    def _hold(self, piece: bytes) -> None:
        self._held += len(piece)
        if self._held > self._cap:
            self._pieces = []
            raise LineTooLongError(self._cap)
        self._pieces.append(piece)
