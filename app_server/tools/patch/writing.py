"""Files become what a patch makes of them: each at once, and all of them or none (tools.md §4.3)."""

import contextlib
import os
import secrets
import stat
from collections.abc import Callable, Sequence
from pathlib import Path

from app_server.tools.call import FileState
from app_server.tools.patch.language import PatchError
from app_server.tools.patch.plan import os_reason

Allowed = Callable[[str], bool]
"""Whether a path may be written; asked for each file just before."""


def write_all(states: Sequence[FileState], allowed: Allowed) -> None:
    """Write and remove. Raises PatchError when one cannot be; then everything is again as it was. Blocks."""
    done: list[tuple[FileState, int | None]] = []
    made: list[Path] = []
    try:
        for state in states:
            _check(state.path, allowed)
            mode = _mode(state.path)
            done.append((state, mode))
            _write(state.path, state.after, mode, made)
    except PatchError:
        for state, mode in reversed(done):
            with contextlib.suppress(PatchError):
                _write(state.path, state.before, mode, made)
        for folder in reversed(made):
            with contextlib.suppress(OSError):
                folder.rmdir()
        raise


def _check(path: str, allowed: Allowed) -> None:
    if not allowed(path):
        raise PatchError(f"Failed to write file {path}")


def _mode(path: str) -> int | None:
    try:
        return stat.S_IMODE(Path(path).stat().st_mode)
    except (OSError, ValueError):
        return None


def _write(path: str, content: bytes | None, mode: int | None, made: list[Path]) -> None:
    try:
        if content is None:
            Path(path).unlink(missing_ok=True)
            return
        place = Path(os.path.realpath(path))  # through a link, its target is written
        _make_folders(place.parent, made)
        if place.is_dir():
            raise IsADirectoryError(21, os.strerror(21))
        _replace(place, content, mode)
    except (OSError, ValueError) as error:
        verb = "delete" if content is None else "write"
        raise PatchError(f"Failed to {verb} file {path}: {os_reason(error)}") from error


def _make_folders(folder: Path, made: list[Path]) -> None:
    missing: list[Path] = []
    while not folder.exists():
        missing.append(folder)
        folder = folder.parent
    for one in reversed(missing):
        one.mkdir(exist_ok=True)
        made.append(one)


def _replace(place: Path, content: bytes, mode: int | None) -> None:
    beside = place.with_name(f".{secrets.token_hex(8)}.patch")
    try:
        with os.fdopen(os.open(beside, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o666), "wb") as file:
            file.write(content)
        if mode is not None:
            beside.chmod(mode)
        beside.replace(place)
    except BaseException:
        beside.unlink(missing_ok=True)
        raise
