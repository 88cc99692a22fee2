"""Which server a command starts: ours, or a version of the reference."""

import shlex
import subprocess
import sys
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import IO

from peers import FOLLOWED

from support.forked import ForkedProcess

OURS = "ours"

ServerProcess = subprocess.Popen[bytes] | ForkedProcess
Spawn = Callable[[Sequence[str], Mapping[str, str], Path, IO[bytes]], ServerProcess]
"""Starts a command in an environment and a folder, with stdin and stdout as pipes, and stderr as given."""


def spawned(argv: Sequence[str], env: Mapping[str, str], cwd: Path, stderr: IO[bytes]) -> ServerProcess:
    """A process as every client starts one."""
    pipe = subprocess.PIPE
    return subprocess.Popen(argv, stdin=pipe, stdout=pipe, stderr=stderr, env=env, cwd=cwd)


@dataclass(frozen=True, slots=True)
class Server:
    """The server under test: what spawns it, and which one it is (`ours`, or a version of the reference)."""

    command: tuple[str, ...]
    kind: str
    spawn: Spawn = spawned

    @property
    def is_newer(self) -> bool:
        """Whether its prompts and flows are newer than those that ours follows."""
        return self.kind not in (OURS, FOLLOWED)


@cache
def server_named(command: str | None) -> Server:
    """The server that a command line names; ours when none is given."""
    if not command:
        return Server((sys.executable, "-m", "app_server", "app-server"), OURS)
    parts = tuple(shlex.split(command))
    return Server(parts, kind_of(parts))


def kind_of(command: tuple[str, ...]) -> str:
    """Which one the command starts, by its own word: the reference says its name and version."""
    return OURS if command[0] == sys.executable else _asked(command[: _program(command)])


def _program(command: tuple[str, ...]) -> int:
    """How many parts come before `app-server` and what is meant for it."""
    return command.index("app-server") if "app-server" in command else len(command)


@cache
def _asked(program: tuple[str, ...]) -> str:
    done = subprocess.run((*program, "--version"), capture_output=True, text=True, timeout=20, check=False)
    version = done.stdout.split()
    return version[-1] if version[:1] == ["codex-cli"] else OURS
