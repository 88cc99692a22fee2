"""Commands where no warden can be had: process groups take their place."""

import os
import signal
import sys

import anyio
import pytest

from app_server.exec.process import Command, open_process
from app_server.platform.pipes import TerminalSize
from app_server.platform.posix_children import GroupedChild

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="there are no such groups on Windows")

DEADLINE = 30


@pytest.fixture(autouse=True)
def _without_wardens(monkeypatch: pytest.MonkeyPatch) -> None:  # pyright: ignore[reportUnusedFunction]
    if sys.platform == "linux":
        monkeypatch.setattr("app_server.platform.linux_children.WARDENS", _Nobody())


class _Nobody:
    """Stands for wardens whose program cannot be run."""

    async def start(self, _order: object) -> object:
        from app_server.platform.linux_children import NoWardenError

        raise NoWardenError


def sh(script: str, terminal: TerminalSize | None = None) -> Command:
    return Command(("/bin/sh", "-c", script), "/", dict(os.environ), terminal=terminal, merged=True)


@pytest.mark.parametrize("terminal", [None, TerminalSize()])
async def test_a_command_runs_and_ends_and_is_told_by_its_code(terminal: TerminalSize | None) -> None:
    with anyio.fail_after(DEADLINE):
        async with open_process(sh("echo here; exit 3", terminal)) as process:
            said = await process.stdout.receive(100)
            code = await process.wait()

            assert isinstance(process._child, GroupedChild)  # pyright: ignore[reportPrivateUsage]
    assert (said.strip(), code) == (b"here", 3)


async def test_all_of_a_group_ends_with_its_command() -> None:
    with anyio.fail_after(DEADLINE):
        async with open_process(sh("sleep 600 & echo started; wait")) as process:
            await process.stdout.receive(100)
            process.kill()
            code = await process.wait()
            rest = await process.stdout.receive(100)

    assert code == -signal.SIGKILL
    assert rest == b""  # the pipe is closed: nothing that could write to it is left


@pytest.mark.parametrize("terminal", [None, TerminalSize()])
async def test_what_it_reads_besides_is_on_descriptor_3(terminal: TerminalSize | None) -> None:
    command = sh("cat <&3", terminal)._replace(reads=b"for 3")

    with anyio.fail_after(DEADLINE):
        async with open_process(command) as process:
            said = await process.stdout.receive(100)
            await process.wait()

    assert said == b"for 3"
