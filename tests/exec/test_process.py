"""Commands on the engine: output, input, ends, and that nothing of them is left."""

import os
import signal
import subprocess
import sys
from collections.abc import AsyncIterator
from pathlib import Path

import anyio
import psutil
import pytest

from app_server.exec.process import Command, Process, StdinClosedError, open_process
from app_server.platform.pipes import ReadEnd, TerminalSize

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="the commands are those of a POSIX shell")

DEADLINE = 20
STUBBORN = (
    "import os,signal,sys,time\n"
    "signal.signal(signal.SIGTERM, signal.SIG_IGN)\n"
    "if os.fork() == 0:\n"
    "    os.setsid()\n"
    "    if os.fork() == 0:\n"
    "        print(os.getpid(), flush=True)\n"
    "        time.sleep(600)\n"
    "    os._exit(0)\n"
    "time.sleep(600)\n"
)
"""Forks a process that leaves its group and its parent; both ignore SIGTERM."""


def sh(script: str, **how: object) -> Command:
    command = Command(("/bin/sh", "-c", script), "/", dict(os.environ))
    return command._replace(**how)  # pyright: ignore[reportArgumentType]


async def everything(end: ReadEnd | None) -> bytes:
    assert end is not None
    found = b""
    while data := await end.receive(65_536):
        found += data
    return found


async def until(end: ReadEnd, marker: bytes) -> bytes:
    found = b""
    while marker not in found:
        data = await end.receive(65_536)
        assert data, found
        found += data
    return found


@pytest.fixture(autouse=True)
async def deadline() -> AsyncIterator[None]:
    with anyio.fail_after(DEADLINE):
        yield


async def gone(pid: int) -> None:
    while psutil.pid_exists(pid):  # noqa: ASYNC110 - nobody tells us
        await anyio.sleep(0.01)


async def test_the_two_streams_come_apart_and_the_exit_code_is_told() -> None:
    async with open_process(sh("echo out; echo err >&2; exit 3")) as process:
        assert await everything(process.stdout) == b"out\n"
        assert await everything(process.stderr) == b"err\n"
        assert await process.wait() == 3


async def test_merged_streams_keep_the_order_of_writing() -> None:
    async with open_process(sh("echo 1; echo 2 >&2; echo 3", merged=True)) as process:
        assert process.stderr is None
        assert await everything(process.stdout) == b"1\n2\n3\n"


async def test_without_input_a_command_reads_nothing() -> None:
    async with open_process(sh("cat; echo done")) as process:
        assert await everything(process.stdout) == b"done\n"
        with pytest.raises(StdinClosedError):
            await process.write(b"x")


async def test_input_arrives_and_ends() -> None:
    async with open_process(sh("cat", input=True)) as process:
        await process.write(b"one\n")
        assert await until(process.stdout, b"one\n") == b"one\n"
        await process.close_input()
        assert await process.wait() == 0


async def test_a_terminal_has_a_size_echoes_and_can_be_resized() -> None:
    script = "stty size; read line; stty size; echo got $line"
    async with open_process(sh(script, terminal=TerminalSize(30, 90))) as process:
        assert await until(process.stdout, b"30 90\r\n")
        assert process.resize(TerminalSize(40, 100))
        await process.write(b"hi\n")
        shown = await everything(process.stdout)
        assert b"40 100\r\n" in shown
        assert b"got hi\r\n" in shown


@pytest.mark.parametrize(
    ("command", "number"),
    [
        (Command(("/no/such/program",), "/", {}), 2),
        (Command(("/bin/sh",), "/no/such/folder", {}), 2),
        (Command(("/",), "/", {}), 13),
    ],
)
async def test_what_cannot_be_started_says_why(command: Command, number: int) -> None:
    with pytest.raises(OSError, match=r".") as raised:
        async with open_process(command):
            pass
    assert raised.value.errno == number


async def test_a_death_by_signal_is_told_as_one() -> None:
    async with open_process(sh("kill -9 $$")) as process:
        assert await process.wait() == -signal.SIGKILL


@pytest.mark.requirement("P3")
@pytest.mark.skipif(sys.platform != "linux", reason="elsewhere what leaves its group escapes")
async def test_what_forks_leaves_its_group_and_ignores_requests_is_gone_with_its_command() -> None:
    async with open_process(Command((sys.executable, "-c", STUBBORN), "/", dict(os.environ))) as process:
        escaped = int(await until(process.stdout, b"\n"))
        command = process.pid
    assert not psutil.pid_exists(escaped)
    assert not psutil.pid_exists(command)


async def test_a_cancelled_command_is_ended() -> None:
    started: list[Process] = []
    async with anyio.create_task_group() as tasks:

        async def run() -> None:
            async with open_process(sh("sleep 600")) as process:
                started.append(process)
                tasks.cancel_scope.cancel()
                await anyio.sleep_forever()

        tasks.start_soon(run)
    await gone(started[0].pid)


async def test_a_polite_command_ends_by_itself() -> None:
    script = "trap 'echo bye; exit 5' TERM; echo ready; while :; do sleep 0.05; done"
    async with open_process(sh(script)) as process:
        await until(process.stdout, b"ready\n")
        await process.end()
        assert process.exit_status in (5, -signal.SIGTERM)


@pytest.mark.requirement("P2")
@pytest.mark.skipif(sys.platform != "linux", reason="elsewhere nothing ends the children of a killed server")
async def test_nothing_outlives_a_server_that_is_killed_outright() -> None:
    script = (
        "import anyio, sys\n"
        "from app_server.exec.process import Command, open_process\n"
        "async def main():\n"
        f"    async with open_process(Command((sys.executable, '-c', {STUBBORN!r}), '/', {{}})) as process:\n"
        "        print(process.pid, (await process.stdout.receive(99)).decode(), flush=True)\n"
        "        await anyio.sleep_forever()\n"
        "anyio.run(main)\n"
    )
    server = await anyio.open_process([sys.executable, "-c", script], stdin=subprocess.DEVNULL)
    assert server.stdout is not None
    told = b""
    while told.count(b"\n") < 2:
        told += await server.stdout.receive()
    pids = [int(word) for word in told.split()]
    below = psutil.Process(server.pid).children(recursive=True)

    server.kill()
    await server.wait()

    for pid in (*pids, *(one.pid for one in below)):
        await gone(pid)
    await server.aclose()


async def test_nothing_of_ours_stays_open(tmp_path: Path) -> None:
    async with open_process(sh("true")):
        pass
    before = psutil.Process().num_fds()
    for terminal in (None, TerminalSize()):
        async with open_process(sh("echo hi", terminal=terminal, input=True)) as process:
            await everything(process.stdout)
    assert psutil.Process().num_fds() == before


@pytest.mark.requirement("P5")
@pytest.mark.parametrize("terminal", [None, TerminalSize()])
async def test_an_interrupt_of_a_childs_group_reaches_nobody_else(terminal: TerminalSize | None) -> None:
    async with open_process(sh("kill -INT 0; sleep 600", terminal=terminal)) as process:
        assert await process.wait() == -signal.SIGINT


OPEN = "n=0; while [ $n -lt 300 ]; do if [ -e /proc/$$/fd/$n ]; then echo $n; fi; n=$((n+1)); done"


@pytest.mark.skipif(sys.platform != "linux", reason="looks into /proc")
@pytest.mark.parametrize("terminal", [None, TerminalSize()])
async def test_a_command_has_no_descriptors_but_its_own(terminal: TerminalSize | None) -> None:
    async with open_process(sh(OPEN, terminal=terminal)) as process:
        said = await everything(process.stdout)
    async with open_process(sh(f"cat <&3; {OPEN}", terminal=terminal, reads=b"for 3")) as process:
        more = await everything(process.stdout)

    assert said.split() == [b"0", b"1", b"2"]
    assert more.split() == [b"for", b"30", b"1", b"2", b"3"]
