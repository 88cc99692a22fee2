"""Runs commands of ours in forks of one process that has imported what they need: `python fork_server.py`.

A line of JSON on stdin says what to run: `argv`, `env`, `cwd` and the files for `out` and `error`. The exit
code is answered on stdout. Each command has a process, an environment and a folder of its own, as if it had
been spawned; only the imports are shared.
"""

import json
import os
import sys
import time
from contextlib import suppress
from importlib import import_module
from typing import NoReturn, TypedDict

from app_server.__main__ import main

SHARED = (
    "anyio._backends._asyncio",
    "app_server.commands.prompt_process",
    "app_server.prompt.agents_md",
    "app_server.prompt.images",
    "app_server.prompt.standing",
    "app_server.prompt.updates",
    "PIL.Image",
)
"""Other modules are imported by the fork that needs them: that only takes longer."""
_STRAY = 70


class Command(TypedDict):
    """What to run, as `subprocess.run` takes it."""

    argv: list[str]
    env: dict[str, str]
    cwd: str
    out: str
    error: str


def _run(command: Command) -> NoReturn:
    """The whole life of a fork."""
    code = _STRAY
    try:
        for descriptor, path in ((0, os.devnull), (1, command["out"]), (2, command["error"])):
            opened = os.open(path, os.O_RDWR | os.O_CREAT, 0o600)
            os.dup2(opened, descriptor)
            os.close(opened)
        os.chdir(command["cwd"])
        os.environ.clear()
        os.environ.update(command["env"])
        time.tzset()  # what the C library read when the first process began
        sys.argv = command["argv"]
        code = main()
        sys.stdout.flush()
        sys.stderr.flush()
    finally:
        os._exit(code)


def serve() -> None:
    """Answer until stdin ends."""
    for name in SHARED:
        with suppress(ImportError):
            import_module(name)
    for line in sys.stdin.buffer:
        command: Command = json.loads(line)
        process = os.fork()
        if process == 0:
            _run(command)
        sys.stdout.write(f"{os.waitstatus_to_exitcode(os.waitpid(process, 0)[1])}\n")
        sys.stdout.flush()


if __name__ == "__main__":
    serve()
