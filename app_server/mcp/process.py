"""The process of a stdio server, in a group of its own, ended with all that it started (P2)."""

import os
import signal
import sys
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Final

import anyio
import anyio.to_thread
from anyio.abc import Process

if TYPE_CHECKING:
    import psutil

_PATIENCE_SECONDS: Final = 1.0
"""From the request to end until the kill."""


async def start_server(argv: Sequence[str], *, cwd: str, env: Mapping[str, str]) -> Process:
    """Start the program. Raises OSError."""
    if sys.platform == "win32":
        import subprocess

        flags = subprocess.CREATE_NEW_PROCESS_GROUP
        return await anyio.open_process(list(argv), cwd=cwd, env=env, creationflags=flags)
    return await anyio.open_process(list(argv), cwd=cwd, env=env, start_new_session=True)


async def end_server(process: Process) -> None:
    """End the process, its group and its descendants: asked first, killed a second later."""
    with anyio.CancelScope(shield=True):
        tree = await anyio.to_thread.run_sync(_descendants, process.pid)
        _signal_group(process, force=False)
        with anyio.move_on_after(_PATIENCE_SECONDS):
            await process.wait()
        _signal_group(process, force=True)
        await anyio.to_thread.run_sync(_kill, tree)
        await process.wait()
        for stream in (process.stdin, process.stdout, process.stderr):
            if stream is not None:
                await anyio.aclose_forcefully(stream)


def _signal_group(process: Process, *, force: bool) -> None:
    """The group has the id of its leader, which nobody else gets before the leader was waited for."""
    if sys.platform == "win32":
        if process.returncode is None:
            process.kill() if force else process.terminate()
        return
    try:
        os.killpg(process.pid, signal.SIGKILL if force else signal.SIGTERM)
    except (ProcessLookupError, PermissionError):
        return


def _descendants(pid: int) -> "list[psutil.Process]":
    """All that the process has started and that still hangs from it, also what left its group."""
    import psutil  # only an end needs it

    try:
        return psutil.Process(pid).children(recursive=True)
    except psutil.Error:
        return []


def _kill(tree: "list[psutil.Process]") -> None:
    import psutil

    for process in tree:
        try:
            process.kill()  # checks that the id was not given to another process meanwhile
        except psutil.Error:
            continue
