"""Confinement on Linux: bubblewrap, as it is found on PATH (tools.md §7).

The file system is bound read-only, then what may be written is bound again, then what is protected in there.
Without `--new-session`: every command leads a session of its own already, and one in a terminal of ours is
to keep it, so that Ctrl-C reaches it.
"""

import os
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Final

import anyio

from app_server.exec.process import Command, open_process
from app_server.sandbox.call_filter import call_filter
from app_server.sandbox.confinement import Access, Confined, Confinement, NoSandboxError, protected_places
from app_server.sandbox.masks import Masks, is_mask

_BASE: Final = ("--die-with-parent", "--ro-bind", "/", "/", "--dev", "/dev")
_APART: Final = ("--unshare-user", "--unshare-pid")
_PROC: Final = ("--proc", "/proc")
_FILTERED: Final = ("--seccomp", "3")
_ROOT: Final = Path("/")
_PROBE_SECONDS: Final = 10

Places = Sequence[tuple[str, Access]]

_usable: dict[str, tuple[str, ...]] = {}
"""Programs that were tried, and how they keep processes apart here."""


async def bubblewrap(argv: Sequence[str], cwd: str, confinement: Confinement) -> Confined:
    """Raises NoSandboxError."""
    program = _find(cwd)
    if program is None:
        raise NoSandboxError("bubblewrap (`bwrap`) is not on PATH: install it to run commands in a sandbox")
    apart = _usable.get(program)
    if apart is None:
        apart = _usable[program] = await _probe(program)
    places = confinement.places
    named = {Path(path) for path, _ in places or ()}
    roots = _roots(
        confinement.writable if places is None else [path for path, how in places if how == "write"]
    )
    kept = {root: [one for one in protected_places(root) if one not in named] for root in roots}
    masks = Masks(place for root in roots if root != _ROOT for place in kept[root] if is_mask(place))
    filtered = None if confinement.network else call_filter()
    line = (
        program,
        *(_BASE if places is None else _base_of(places)),
        *(_writable(roots, kept, masks) if places is None else _placed(places, kept, masks)),
        *(word for path in confinement.kept for word in _read_only(Path(path))),
        *(word for path in confinement.hidden for word in _hidden(Path(path))),
        *apart[:2],
        *(() if confinement.network else ("--unshare-net",)),
        *(() if filtered is None else _FILTERED),
        *apart[2:],
        "--chdir",
        cwd,
        "--",
        *argv,
    )
    return Confined(line, masks.release, filtered)


def _find(cwd: str) -> str | None:
    """The first on PATH that the workspace itself did not bring along."""
    for folder in os.get_exec_path():
        path = Path(folder, "bwrap")
        if path.is_absolute() and os.access(path, os.X_OK) and not path.resolve().is_relative_to(cwd):
            return str(path)
    return None


async def _probe(program: str) -> tuple[str, ...]:
    """How the program can keep processes apart on this machine. Raises NoSandboxError."""
    said = ""
    filtered = call_filter()
    for proc in (_PROC, ()):  # a container may forbid a new /proc
        apart = (*_APART, "--unshare-net", *(() if filtered is None else _FILTERED), *proc)
        words = (program, *_BASE, *apart, "--", "/bin/sh", "-c", "exit 0")
        command = Command(words, "/", os.environ, merged=True, reads=filtered)
        with anyio.move_on_after(_PROBE_SECONDS):
            try:
                async with open_process(command) as process:
                    said = (await process.stdout.receive(2000)).decode("utf-8", "replace").strip()
                    if await process.wait() == 0:
                        return (*_APART, *proc)
            except OSError as error:
                said = str(error)
    raise NoSandboxError(f"bubblewrap does not work on this machine: {said or 'it did not end'}")


def _roots(writable: Sequence[str]) -> list[Path]:
    """What is inside another comes after it."""
    real = {Path(root).resolve() for root in writable if Path(root).exists()}
    return sorted(real, key=lambda path: path.parts)


def _writable(roots: Sequence[Path], kept: Mapping[Path, Sequence[Path]], masks: Masks) -> list[str]:
    words: list[str] = []
    for root in roots:
        words += ["--bind", str(root), str(root), *_protected(kept[root], masks)]
    return words


def _protected(places: Sequence[Path], masks: Masks) -> list[str]:
    words: list[str] = []
    for place in places:
        if place in masks.places:
            words += ["--perms", "555", "--tmpfs", str(place), "--remount-ro", str(place)]
        elif place.exists():  # a link that leads nowhere is none to mount on
            real = str(place.resolve())
            words += ["--ro-bind", real, real]
    return words


def _read_only(path: Path) -> list[str]:
    real = str(path.resolve())
    return ["--ro-bind", real, real] if path.exists() else []


def _hidden(path: Path) -> list[str]:
    """An empty folder, or an empty file, in its place."""
    if not path.exists():
        return []
    real = str(path.resolve())
    if path.is_dir():
        return ["--perms", "000", "--tmpfs", real, "--remount-ro", real]
    return ["--ro-bind", os.devnull, real]


def _base_of(places: Places) -> tuple[str, ...]:
    """What lies under all that is named: the whole file system, or nothing."""
    below = {"write": ("--bind", "/", "/"), "read": ("--ro-bind", "/", "/"), "deny": ("--tmpfs", "/")}
    return ("--die-with-parent", *below[dict(places).get(str(_ROOT), "deny")], "--dev", "/dev")


def _placed(places: Places, kept: Mapping[Path, Sequence[Path]], masks: Masks) -> list[str]:
    """One after the other, so that what is more exact comes later; what is not there is passed over."""
    words: list[str] = []
    empty = dict(places).get(str(_ROOT), "deny") == "deny"
    for path, access in sorted((Path(path), access) for path, access in places if path != str(_ROOT)):
        if not path.exists():
            continue
        real = path.resolve()
        if access == "deny":
            words += _hidden(real)
            continue
        words += ["--bind" if access == "write" else "--ro-bind", str(real), str(real)]
        if empty and path.is_symlink():
            words += ["--symlink", str(path.readlink()), str(path)]
        words += _protected(kept.get(real, ()), masks)
    return words
