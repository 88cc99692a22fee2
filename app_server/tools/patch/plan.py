"""What a patch makes of the files, worked out before anything is written (tools.md §4.3)."""

import os
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import NamedTuple

from app_server.tools.call import FileState
from app_server.tools.patch.diff import unified
from app_server.tools.patch.language import AddFile, DeleteFile, PatchError, Section, UpdateFile
from app_server.tools.patch.matching import patched
from protocol.item_parts import (
    AddPatchChangeKind,
    DeletePatchChangeKind,
    FileUpdateChange,
    UpdatePatchChangeKind,
)

_SHOWN_CONTEXT = 1


class Plan(NamedTuple):
    """A patch that fits."""

    changes: tuple[FileUpdateChange, ...]
    """What clients see, by path."""
    touched: tuple[str, ...]
    """All paths that are written or removed, absolute, each once."""
    sections: tuple[Section, ...]


def os_reason(error: OSError | ValueError) -> str:
    """An error of the operating system in the words that models know."""
    if isinstance(error, UnicodeDecodeError):
        return "stream did not contain valid UTF-8"
    if isinstance(error, OSError) and error.errno is not None:
        return f"{error.strerror} (os error {error.errno})"
    return str(error)


def absolute(cwd: str, path: str) -> str:
    """Relative to the turn's folder, without `.` and `..`; links are left as they are."""
    return os.path.normpath(os.path.join(cwd, path))  # noqa: PTH118 - it is a text on the wire


def plan_patch(sections: Sequence[Section], cwd: str) -> Plan:
    """Fit every section to the files as they are. Raises PatchError. Blocks."""
    changes: dict[str, FileUpdateChange] = {}
    touched: dict[str, None] = {}
    for section in sections:
        path = absolute(cwd, section.path)
        touched[path] = None
        if isinstance(section, UpdateFile) and section.move_to is not None:
            touched[absolute(cwd, section.move_to)] = None
        changes[path] = _change(section, path, cwd)
    return Plan(tuple(changes[path] for path in sorted(changes)), tuple(touched), tuple(sections))


def _change(section: Section, path: str, cwd: str) -> FileUpdateChange:
    match section:
        case AddFile(_, content):
            return FileUpdateChange(path=path, kind=AddPatchChangeKind(), diff=content)
        case DeleteFile():
            content = _text(path, "Failed to read")
            return FileUpdateChange(path=path, kind=DeletePatchChangeKind(), diff=content)
        case UpdateFile(_, move_to, chunks):
            before = _text(path, "Failed to read file to update")
            diff = unified(before, patched(before, chunks, path), _SHOWN_CONTEXT)
            moved = None if move_to is None else absolute(cwd, move_to)
            if moved is not None:
                diff = f"{diff}\n\nMoved to: {moved}"
            return FileUpdateChange(path=path, kind=UpdatePatchChangeKind(move_path=moved), diff=diff)


def _text(path: str, failure: str) -> str:
    try:
        return Path(path).read_bytes().decode()
    except (OSError, ValueError) as error:
        raise PatchError(f"{failure} {path}: {os_reason(error)}") from error


def outcome(sections: Sequence[Section], cwd: str) -> list[FileState]:
    """What each file was and becomes, the sections carried out one after the other. Raises PatchError.

    Blocks. In the order in which files are first touched.
    """
    states: dict[str, FileState] = {}
    for section in sections:
        path = absolute(cwd, section.path)
        now = _now(states, path)
        match section:
            case AddFile(_, content):
                states[path] = now._replace(after=content.encode())
            case DeleteFile():
                if now.after is None:
                    raise PatchError(f"Failed to delete file {path}")
                states[path] = now._replace(after=None)
            case UpdateFile(_, move_to, chunks):
                if now.after is None:
                    raise PatchError(f"Failed to read file to update {path}: {_GONE}")
                after = patched(now.after.decode(), chunks, path).encode()
                target = path if move_to is None else absolute(cwd, move_to)
                if target != path:
                    states[path] = now._replace(after=None)
                states[target] = _now(states, target)._replace(after=after)
    return list(states.values())


_GONE = "No such file or directory (os error 2)"


def _now(states: Mapping[str, FileState], path: str) -> FileState:
    known = states.get(path)
    if known is not None:
        return known
    try:
        content = Path(path).read_bytes()
    except FileNotFoundError:
        content = None
    except (OSError, ValueError) as error:
        raise PatchError(f"Failed to write file {path}: {os_reason(error)}") from error
    return FileState(path, content, content)
