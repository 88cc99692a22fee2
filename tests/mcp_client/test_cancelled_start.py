"""What is left of a server whose start was given up (C7): nothing, in whatever way and wherever that was."""

import logging
import os
import sys
from collections.abc import AsyncGenerator, Callable, Mapping
from contextlib import asynccontextmanager, suppress
from typing import Literal, NamedTuple

import anyio
import anyio.abc
import anyio.lowlevel
import psutil
import pytest
from anyio.abc import SocketAttribute, SocketStream
from support import mcp_run
from support.client import JsonObject
from support.mcp_home import SCRIPT

from app_server.http.client import HttpClient
from app_server.mcp import stdio
from app_server.mcp.servers import Change, ThreadServers
from app_server.mcp.settings import ServerSettings, Stdio, StreamableHttp
from app_server.mcp.stdio import StdioChannel

pytestmark = [
    pytest.mark.requirement("C7"),
    pytest.mark.skipif(os.name == "nt", reason="counts POSIX children"),
]

Way = Literal["cancelled", "closed", "replaced"]


class Watched(NamedTuple):
    """What a test sees of the one server's channel."""

    sent: dict[str, anyio.Event]
    """Set when the request of this name has been handed over."""
    owners: list[int]
    """The tasks that opened and closed it."""
    processes: list[psutil.Process]


@pytest.fixture
def watched(monkeypatch: pytest.MonkeyPatch) -> Watched:
    watched = Watched({"initialize": anyio.Event(), "tools/list": anyio.Event()}, [], [])
    open_channel, open_process = stdio.stdio_channel, stdio.open_process

    @asynccontextmanager
    async def noted_channel(
        settings: Stdio, *, cwd: str, env: Mapping[str, str]
    ) -> AsyncGenerator[StdioChannel]:
        async with open_channel(settings, cwd=cwd, env=env) as channel:
            watched.owners.append(anyio.get_current_task().id)
            try:
                yield channel
            finally:
                watched.owners.append(anyio.get_current_task().id)

    @asynccontextmanager
    async def noted_process(command: stdio.Command) -> AsyncGenerator[stdio.Process]:
        async with open_process(command) as process:
            watched.processes.append(psutil.Process(process.pid))
            yield process

    class NotedChannel(StdioChannel):
        async def send(self, message: JsonObject) -> None:
            await super().send(message)
            if (event := watched.sent.get(str(message["method"]))) is not None:
                event.set()

    monkeypatch.setattr(stdio, "stdio_channel", noted_channel)
    monkeypatch.setattr(stdio, "open_process", noted_process)
    monkeypatch.setattr(stdio, "StdioChannel", NotedChannel)
    return watched


def starting(*arguments: str, tell: Callable[[Change], None]) -> ThreadServers:
    """A thread's servers, one, that are about to start."""
    return starting_at(mcp_run.program(sys.executable, "-S", str(SCRIPT), *arguments), tell)


def starting_at(transport: Stdio | StreamableHttp, tell: Callable[[Change], None]) -> ThreadServers:
    settings = ServerSettings("slow", transport)
    servers = ThreadServers([settings], mcp_run.world(HttpClient(os.environ)), tell)
    servers.begin()
    servers.announce()
    return servers


def running_scripts() -> list[int]:
    """The servers that are left, whether or not anybody knew of them."""
    children = psutil.Process().children(recursive=True)
    return [one.pid for one in children if one.is_running() and str(SCRIPT) in _command_line(one)]


def _command_line(process: psutil.Process) -> list[str]:
    try:
        return process.cmdline()
    except psutil.Error:  # it has just ended
        return []


async def give_up(servers: ThreadServers, tasks: anyio.abc.TaskGroup, way: Way) -> None:
    match way:
        case "cancelled":
            tasks.cancel_scope.cancel()
        case "closed":
            await servers.close()
        case "replaced":
            servers.queue([])
            await servers.apply_queued()
            await servers.close()


@pytest.mark.parametrize("asked", ["initialize", "tools/list"])
@pytest.mark.parametrize("way", ["cancelled", "closed", "replaced"])
async def test_a_start_that_is_given_up_leaves_no_error_and_no_child(
    watched: Watched, caplog: pytest.LogCaptureFixture, way: Way, asked: str
) -> None:
    told: list[tuple[str, str | None]] = []

    def tell(change: Change) -> None:
        told.append((change.state, change.error))

    servers = starting("--hang", asked, tell=tell)

    with caplog.at_level(logging.WARNING), anyio.fail_after(mcp_run.DEADLINE):
        async with anyio.create_task_group() as tasks:
            tasks.start_soon(servers.run)
            await watched.sent[asked].wait()
            assert len(running_scripts()) == len(watched.processes) == 1

            await give_up(servers, tasks, way)

    assert told == [("starting", None), ("cancelled", None)]
    assert [one.is_running() for one in watched.processes] == [False]
    assert running_scripts() == []
    opener, closer = watched.owners
    assert opener == closer
    assert caplog.messages == []


@pytest.mark.parametrize("steps", [0, *(2**power for power in range(15))])
async def test_a_start_may_be_cancelled_at_any_step(watched: Watched, steps: int) -> None:
    told: list[str] = []
    servers = starting("--hang", tell=lambda change: told.append(change.state))

    with anyio.fail_after(mcp_run.DEADLINE):
        async with anyio.create_task_group() as tasks:
            tasks.start_soon(servers.run)
            for _ in range(steps):
                await anyio.lowlevel.checkpoint()
            tasks.cancel_scope.cancel()

    assert told in ([], ["starting", "cancelled"])
    assert running_scripts() == []
    assert watched.owners[:1] == watched.owners[1:]


@pytest.mark.parametrize("way", ["cancelled", "closed", "replaced"])
async def test_a_start_over_http_that_is_given_up_leaves_no_connection(
    caplog: pytest.LogCaptureFixture, way: Way
) -> None:
    told: list[tuple[str, str | None]] = []
    asked, left = anyio.Event(), anyio.Event()

    async def never_answer(stream: SocketStream) -> None:
        async with stream:
            with suppress(anyio.EndOfStream, anyio.BrokenResourceError):
                while True:
                    await stream.receive()
                    asked.set()
        left.set()

    with caplog.at_level(logging.WARNING), anyio.fail_after(mcp_run.DEADLINE):
        async with (
            await anyio.create_tcp_listener(local_host="127.0.0.1") as listener,
            anyio.create_task_group() as serving,
        ):
            serving.start_soon(listener.serve, never_answer)
            url = f"http://127.0.0.1:{listener.extra(SocketAttribute.local_port)}/mcp"
            servers = starting_at(
                mcp_run.address(url), lambda change: told.append((change.state, change.error))
            )
            async with anyio.create_task_group() as tasks:
                tasks.start_soon(servers.run)
                await asked.wait()
                await give_up(servers, tasks, way)
            await left.wait()
            serving.cancel_scope.cancel()

    assert told == [("starting", None), ("cancelled", None)]
    assert caplog.messages == []
