"""Reading and changing files as clients ask (services.md §4). Everything blocks: call from a worker thread.

Raises OSError as the system has it, and `RequestError` for what could never be done. Links are followed where
the system follows them, and never by removing and copying.
"""

import contextlib
import errno
import os
import shutil
import stat
from pathlib import Path
from typing import Final, NamedTuple

MAX_READ_BYTES: Final = 512 * 1024 * 1024


class RequestError(Exception):
    """The request asks for what no file system does; the text says why."""


class Facts(NamedTuple):
    """What a path is. Kinds are those of a link's target; times are Unix milliseconds, 0 when unknown."""

    is_directory: bool
    is_file: bool
    is_symlink: bool
    created_ms: int
    modified_ms: int


class Entry(NamedTuple):
    """One entry of a folder."""

    name: str
    is_directory: bool
    is_file: bool


def read_file(path: str) -> bytes:
    """The whole content. Raises RequestError for more than 512 MiB."""
    with Path(path).open("rb") as file:
        if os.fstat(file.fileno()).st_size > MAX_READ_BYTES:
            raise RequestError(f"file is too large to read: limit is {MAX_READ_BYTES} bytes")
        data = file.read(MAX_READ_BYTES + 1)  # a file may grow, and a device tells no size
    if len(data) > MAX_READ_BYTES:
        raise RequestError(f"file is too large to read: limit is {MAX_READ_BYTES} bytes")
    return data


def write_file(path: str, data: bytes) -> None:
    """Create or replace the content; the folder must be there."""
    Path(path).write_bytes(data)


def create_directory(path: str, *, recursive: bool) -> None:
    """Recursive: its parents too, and one that exists is fine."""
    folder = Path(path)
    if recursive:
        folder.mkdir(parents=True, exist_ok=True)
    else:
        folder.mkdir()


def facts(path: str) -> Facts:
    """What the path is; a link to nothing is not found."""
    found = os.stat(path)  # noqa: PTH116 - the plain call tells most
    return Facts(
        is_directory=stat.S_ISDIR(found.st_mode),
        is_file=stat.S_ISREG(found.st_mode),
        is_symlink=Path(path).is_symlink(),
        created_ms=_milliseconds(getattr(found, "st_birthtime", 0.0)),
        modified_ms=_milliseconds(found.st_mtime),
    )


def read_directory(path: str) -> list[Entry]:
    """The entries in the order of the system; those that cannot be looked at are left out."""
    found: list[Entry] = []
    with os.scandir(path) as entries:
        for entry in entries:
            with contextlib.suppress(OSError):
                kind = entry.stat().st_mode
                found.append(Entry(entry.name, stat.S_ISDIR(kind), stat.S_ISREG(kind)))
    return found


def remove(path: str, *, recursive: bool, force: bool) -> None:
    """Remove a file, a link (not what it leads to) or a folder. `force`: it need not be there."""
    target = Path(path)
    try:
        if not stat.S_ISDIR(target.lstat().st_mode):
            target.unlink()
        elif recursive:
            shutil.rmtree(target)
        else:
            target.rmdir()
    except FileNotFoundError:
        if not force:
            raise


def copy(source: str, destination: str, *, recursive: bool) -> None:
    """Copy a file over another, a folder into another, a link as a link."""
    kind = os.lstat(source).st_mode
    if stat.S_ISDIR(kind):
        if not recursive:
            raise RequestError("fs/copy requires recursive: true when sourcePath is a directory")
        if _within(destination, source):
            raise RequestError("fs/copy cannot copy a directory to itself or one of its descendants")
        _copy_tree(source, destination)
    elif not _copy_one(source, destination, kind):
        raise RequestError("fs/copy only supports regular files, directories, and symlinks")


def _copy_tree(source: str, destination: str) -> None:
    Path(destination).mkdir(parents=True, exist_ok=True)
    with os.scandir(source) as entries:
        for entry in entries:
            target = os.path.join(destination, entry.name)  # noqa: PTH118 - a tree has many of them
            kind = entry.stat(follow_symlinks=False).st_mode
            if stat.S_ISDIR(kind):
                _copy_tree(entry.path, target)
            else:
                _copy_one(entry.path, target, kind)  # other kinds of files are passed over


def _copy_one(source: str, destination: str, kind: int) -> bool:
    """False for what is neither a file nor a link."""
    if stat.S_ISLNK(kind):
        os.symlink(os.readlink(source), destination)  # noqa: PTH115, PTH211 - the text of the link, as it is
    elif stat.S_ISREG(kind):
        if Path(destination).is_dir():
            raise IsADirectoryError(errno.EISDIR, os.strerror(errno.EISDIR), destination)
        try:
            shutil.copy(source, destination)
        except shutil.SameFileError:
            return True
    else:
        return False
    return True


def _within(path: str, folder: str) -> bool:
    """Whether a path, which need not exist, is a folder or lies in it, links resolved."""
    return Path(path).resolve().is_relative_to(Path(folder).resolve())


def _milliseconds(seconds: float) -> int:
    return max(0, int(seconds * 1000))
