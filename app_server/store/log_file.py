"""The append-only file under a writer: whole bytes out, and a torn end made good.

A small seam of its own so that tests can put a disk behind it that fails at any byte.
"""

from collections.abc import Callable
from pathlib import Path
from typing import Protocol


class LogFile(Protocol):
    """What a writer needs of an unbuffered file opened for appending and reading."""

    def write(self, data: bytes, /) -> int | None: ...

    def read(self, size: int, /) -> bytes | None: ...

    def seek(self, offset: int, whence: int, /) -> int: ...

    def truncate(self, size: int, /) -> int: ...

    def close(self) -> None: ...


OpenLog = Callable[[Path], LogFile]


def open_log(path: Path) -> LogFile:
    """Create what is missing, folders included, and open for appending. Raises OSError."""
    try:
        return path.open("ab+", buffering=0)
    except FileNotFoundError:
        path.parent.mkdir(parents=True, exist_ok=True)
        return path.open("ab+", buffering=0)


def write_whole(file: LogFile, data: bytes) -> tuple[int, OSError | None]:
    """Write everything, or say how many bytes arrived and why no more did."""
    written = 0
    view = memoryview(data)
    while written < len(data):
        try:
            count = file.write(bytes(view[written:]) if written else data)
        except OSError as error:
            return written, error
        if not count:
            return written, OSError("the file takes no more bytes")
        written += count
    return written, None


def ends_inside_a_line(file: LogFile) -> bool:
    """Whether the last byte of the file is something other than a newline. Raises OSError."""
    if file.seek(0, 2) == 0:
        return False
    file.seek(-1, 2)
    return file.read(1) != b"\n"


def take_back(file: LogFile, torn: bytes) -> bool:
    """Cut the torn beginning of a line off the end of the file again; False when that could not be done.

    Only if it is still the last thing in the file: another process may have appended since.
    """
    try:
        end = file.seek(0, 2)
        file.seek(end - len(torn), 0)
        if file.read(len(torn)) != torn:
            return False
        file.truncate(end - len(torn))
    except OSError:
        return False
    return True
