"""Where a sandbox policy lets things be written, in a given folder (tools.md §7)."""

import os
from pathlib import Path, PurePath
from typing import Final

from app_server.config.permissions import SandboxPolicy
from app_server.platform import is_macos, is_windows

PROTECTED: Final = (".git", ".agents", ".codex")
"""What stays read-only in each root: whoever may change it decides what runs later, without a sandbox."""


def writable_roots(policy: SandboxPolicy, cwd: str, tmpdir: str | None) -> tuple[str, ...]:
    """All folders that may be written to, each once, sorted by path; links stay unresolved.

    `tmpdir` is the value of `$TMPDIR`. Empty unless the policy is workspace-write.
    """
    if policy.mode != "workspace-write":
        return ()
    roots = [*(() if policy.without_cwd else (cwd,)), *policy.writable_roots]
    if not policy.exclude_slash_tmp and not is_windows:
        roots.append("/tmp")  # noqa: S108 - the folder itself is meant, nothing is created in it
    if not policy.exclude_tmpdir_env_var and tmpdir:
        roots.append(os.path.join(cwd, tmpdir))  # noqa: PTH118 - an absolute one stands for itself
    return tuple(sorted(dict.fromkeys(map(_folded, roots)), key=_by_components))


def _folded(root: str) -> str:
    normal = os.path.normpath(root)  # which leaves two slashes at the front as they are
    return normal[1:] if normal.startswith("//") and os.sep == "/" else normal


def may_write(path: str, roots: tuple[str, ...]) -> bool:
    """Whether a file may be written: it lies in a root, links followed, and in nothing that is protected.

    Blocks. What does not exist yet is judged by where it would come to be.
    """
    real = _real(path)
    inside = False
    for root in roots:
        base = _real(root)
        if any(_is_within(real, place) for place in _protected_in(base)):
            return False
        inside = inside or _is_within(real, base)
    return inside


def lies_in(path: str, places: tuple[str, ...]) -> bool:
    """Whether it is one of these or below one, links followed. Blocks."""
    return any(_is_within(_real(path), _real(place)) for place in places)


def _protected_in(base: PurePath) -> list[PurePath]:
    places = [_fold(base / name) for name in PROTECTED]
    pointer = Path(base) / ".git"
    try:
        if pointer.is_file():
            said = pointer.read_text(encoding="utf-8").strip()
            if said.startswith("gitdir:"):
                places.append(_real(os.path.join(base, said.removeprefix("gitdir:").strip())))  # noqa: PTH118
    except (OSError, UnicodeDecodeError):
        pass  # then it points nowhere
    return [*places, *(_real(str(base / name)) for name in PROTECTED)]


def _real(path: str) -> PurePath:
    return _fold(PurePath(os.path.realpath(path)))


def _fold(path: PurePath) -> PurePath:
    """macOS and Windows find a file under any casing of its name."""
    return PurePath(str(path).casefold()) if is_macos or is_windows else path


def _is_within(path: PurePath, base: PurePath) -> bool:
    return path == base or base in path.parents


def _by_components(path: str) -> tuple[str, ...]:
    return PurePath(path).parts
