"""Running the command of one hook: what it gets, and what it leaves (tools.md §10).

It runs outside of any sandbox: only what the user has trusted runs at all. It ends, with all that it started,
when it has answered, when its time is up, or when who waits for it gives up.
"""

import os
from collections.abc import Sequence
from contextlib import suppress
from typing import Final, NamedTuple

import anyio

from app_server.exec.output import KEPT_BYTES, Beginning
from app_server.exec.process import READ_BYTES, Command, Process, StdinClosedError, open_process
from app_server.hooks.hook import Hook
from app_server.platform import is_windows
from app_server.platform.pipes import ReadEnd

_LAST_OUTPUT_SECONDS: Final = 0.5
"""How long output is waited for that something which a hook started may still write."""


class Ran(NamedTuple):
    """How the command ended, and what it wrote."""

    exit_status: int | None = None
    stdout: str = ""
    stderr: str = ""
    problem: str | None = None
    """Why it did not come to an end by itself."""


async def run_command(hook: Hook, given: bytes, cwd: str) -> Ran:
    """Run the command in the folder with these bytes on its stdin. Raises nothing of its own."""
    written = (Beginning(KEPT_BYTES), Beginning(KEPT_BYTES))
    command = Command(_argv(hook.command), cwd, {**os.environ, **hook.env}, input=True)
    status: int | None = None
    try:
        with anyio.move_on_after(hook.timeout_seconds):
            async with open_process(command) as process:
                status = await _talk(process, given, written)
    except OSError as error:
        return Ran(problem=str(error))
    if status is None:
        return Ran(problem=f"hook timed out after {hook.timeout_seconds}s")
    out, err = (kept.kept().decode("utf-8", "replace") for kept in written)
    return Ran(status, out, err)


def _argv(command: str) -> Sequence[str]:
    if is_windows:
        return (os.environ.get("COMSPEC") or "cmd.exe", "/C", command)
    return (os.environ.get("SHELL") or "/bin/sh", "-lc", command)


async def _talk(process: Process, given: bytes, written: tuple[Beginning, Beginning]) -> int:
    status = 0
    async with anyio.create_task_group() as tasks:
        tasks.start_soon(_feed, process, given)
        async with anyio.create_task_group() as reading:
            for end, kept in zip((process.stdout, process.stderr), written, strict=True):
                if end is not None:
                    reading.start_soon(_read, end, kept)
            status = await process.wait()
            reading.cancel_scope.deadline = anyio.current_time() + _LAST_OUTPUT_SECONDS
        tasks.cancel_scope.cancel()
    return status


async def _feed(process: Process, given: bytes) -> None:
    with suppress(OSError, StdinClosedError):  # a hook need not read what it is given
        await process.write(given)
    await process.close_input()


async def _read(end: ReadEnd, kept: Beginning) -> None:
    """To the end; what comes beyond the cap is read too, so that the command never waits for us."""
    while data := await end.receive(READ_BYTES):
        kept.add(data)
