"""MCP over the stdin and stdout of a program: a JSON message a line."""

import logging
import os
from collections.abc import AsyncGenerator, Mapping
from contextlib import AsyncExitStack, asynccontextmanager
from pathlib import Path
from typing import Final

import anyio
import orjson

from app_server.exec.process import READ_BYTES, Command, Process, StdinClosedError, open_process
from app_server.mcp.channel import Undelivered
from app_server.mcp.errors import ConnectionClosed
from app_server.mcp.settings import Stdio
from app_server.platform import is_windows
from app_server.platform.pipes import ReadEnd
from protocol.wire import JsonObject, JsonValue

logger = logging.getLogger("app_server.mcp")

MAX_LINE_BYTES: Final = 64 * 1024 * 1024
_MOST_WAITING: Final = 64
"""Messages that were not written yet; who has more to say waits."""
_LOGGED_CHARACTERS: Final = 500
_INHERITED: Final = ("HOME", "LOGNAME", "PATH", "SHELL", "USER", "LANG", "LC_ALL", "TERM", "TMPDIR", "TZ")
_INHERITED_ON_WINDOWS: Final = (
    *("APPDATA", "COMSPEC", "HOMEDRIVE", "HOMEPATH", "LOCALAPPDATA", "PATH", "PATHEXT", "PROGRAMDATA"),
    *("PROGRAMFILES", "SYSTEMDRIVE", "SYSTEMROOT", "TEMP", "TMP", "USERNAME", "USERPROFILE"),
)


def server_environment(settings: Stdio, env: Mapping[str, str]) -> dict[str, str]:
    """What the program finds in its environment; `env` is ours (tools.md §9.2)."""
    names = (*(_INHERITED_ON_WINDOWS if is_windows else _INHERITED), *settings.env_vars)
    return {name: env[name] for name in names if name in env} | dict(settings.env)


@asynccontextmanager
async def stdio_channel(
    settings: Stdio, *, cwd: str, env: Mapping[str, str]
) -> AsyncGenerator["StdioChannel"]:
    """The program, running; it has ended when the block has. Raises ConnectionClosed when it cannot start."""
    folder = str(Path(cwd) / settings.cwd) if settings.cwd else cwd
    argv = (settings.command, *settings.args)
    command = Command(argv, folder, server_environment(settings, env), input=True)
    async with AsyncExitStack() as stack:
        try:
            process = await stack.enter_async_context(open_process(command))
        except OSError as error:
            raise ConnectionClosed(_os_error(error)) from error
        tasks = await stack.enter_async_context(anyio.create_task_group())
        tasks.start_soon(_log_complaints, process, Path(settings.command).name)
        channel = StdioChannel(process)
        tasks.start_soon(channel.write)
        yield channel
        tasks.cancel_scope.cancel()


class StdioChannel:
    """Implements `channel.Channel`."""

    def __init__(self, process: Process) -> None:
        self._process = process
        self._lines = _Lines(process.stdout)
        self._put, self._get = anyio.create_memory_object_stream[bytes](_MOST_WAITING)

    async def write(self) -> None:
        """Write what is sent until the program reads no more; a message that was begun is never cut short."""
        with self._put, self._get:
            async for line in self._get:
                try:
                    await self._process.write(line)
                except (OSError, StdinClosedError):
                    return

    async def send(self, message: JsonObject) -> None:
        try:
            await self._put.send(orjson.dumps(message) + b"\n")
        except (anyio.BrokenResourceError, anyio.ClosedResourceError) as error:
            raise ConnectionClosed from error

    async def receive(self) -> JsonObject | Undelivered:
        while True:
            line = await self._lines.next()
            try:
                message: JsonValue = orjson.loads(line)
            except orjson.JSONDecodeError:
                logger.warning("an MCP server wrote a line that is no JSON")
                continue
            if isinstance(message, dict):
                return message

    def speaks(self, protocol_version: str) -> None:
        """Lines are the same in every version."""


class _Lines:
    """Cuts a stream into lines."""

    def __init__(self, stream: ReadEnd | None) -> None:
        self._stream = stream
        self._ready: list[bytes] = []
        self._rest: list[bytes] = []
        self._size = 0

    async def next(self) -> bytes:
        """The next line that is not blank. Raises ConnectionClosed."""
        while True:
            while self._ready:
                line = self._ready.pop()
                if line.strip():
                    return line
            await self._fill()

    async def _fill(self) -> None:
        if self._stream is None:
            raise ConnectionClosed
        chunk = await self._stream.receive(READ_BYTES)
        if not chunk:
            raise ConnectionClosed
        *whole, rest = chunk.split(b"\n")
        if whole:
            whole[0] = b"".join([*self._rest, whole[0]])
            self._rest, self._size = [], 0
            self._ready = whole[::-1]
        self._rest.append(rest)
        self._size += len(rest)
        if self._size > MAX_LINE_BYTES:
            raise ConnectionClosed("the server wrote a line that is too long")


async def _log_complaints(process: Process, name: str) -> None:
    """Read what the program writes to stderr, so that it never waits for a reader."""
    lines = _Lines(process.stderr)
    while True:
        try:
            line = await lines.next()
        except ConnectionClosed:
            return
        logger.info("%s: %s", name, line.decode("utf-8", "replace")[:_LOGGED_CHARACTERS])


def _os_error(error: OSError) -> str:
    if error.errno is None:
        return str(error)
    return f"{os.strerror(error.errno)} (os error {error.errno})"
