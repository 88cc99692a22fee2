"""Confinement on Linux: bubblewrap, as it is found on PATH (tools.md §7).

The file system is bound read-only, then what may be written is bound again, then what is protected in there.
Without `--new-session`: every command leads a session of its own already, and one in a terminal of ours is
to keep it, so that Ctrl-C reaches it.
"""

import os
from collections.abc import Sequence
from pathlib import Path
from typing import Final

import anyio

from app_server.exec.process import Command, open_process
from app_server.sandbox.confinement import Confinement, NoSandboxError, protected_places

_BASE: Final = ("--die-with-parent", "--ro-bind", "/", "/", "--dev", "/dev")
_APART: Final = ("--unshare-user", "--unshare-pid")
_PROC: Final = ("--proc", "/proc")
_PROBE_SECONDS: Final = 10

_usable: dict[str, tuple[str, ...]] = {}
"""Programs that were tried, and how they keep processes apart here."""


async def bubblewrap(argv: Sequence[str], cwd: str, confinement: Confinement) -> tuple[str, ...]:
    """Raises NoSandboxError."""
    program = _find(cwd)
    if program is None:
        raise NoSandboxError("bubblewrap (`bwrap`) is not on PATH: install it to run commands in a sandbox")
    apart = _usable.get(program)
    if apart is None:
        apart = _usable[program] = await _probe(program)
    return (
        program,
        *_BASE,
        *_writable(confinement.writable),
        *apart[:2],
        *(() if confinement.network else ("--unshare-net",)),
        *apart[2:],
        "--chdir",
        cwd,
        "--",
        *argv,
    )


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
    for proc in (_PROC, ()):  # a container may forbid a new /proc
        words = (program, *_BASE, *_APART, "--unshare-net", *proc, "--", "/bin/sh", "-c", "exit 0")
        with anyio.move_on_after(_PROBE_SECONDS):
            try:
                async with open_process(Command(words, "/", os.environ, merged=True)) as process:
                    said = (await process.stdout.receive(2000)).decode("utf-8", "replace").strip()
                    if await process.wait() == 0:
                        return (*_APART, *proc)
            except OSError as error:
                said = str(error)
    raise NoSandboxError(f"bubblewrap does not work on this machine: {said or 'it did not end'}")


def _writable(roots: Sequence[str]) -> list[str]:
    words: list[str] = []
    real = {Path(root).resolve() for root in roots if Path(root).is_dir()}
    for root in sorted(real, key=lambda path: path.parts):  # what is inside another comes after it
        words += ["--bind", str(root), str(root)]
        for place in protected_places(root):
            words += _read_only(place)
    return words


def _read_only(place: Path) -> list[str]:
    """What is not there yet is masked, so that it cannot be made."""
    if place.exists():
        real = str(place.resolve())
        return ["--ro-bind", real, real]
    if place.is_symlink():
        return []  # it leads nowhere, and nothing can be mounted on it
    path = str(place)
    return ["--perms", "555", "--tmpfs", path, "--remount-ro", path]
