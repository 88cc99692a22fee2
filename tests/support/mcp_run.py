"""A connection to an MCP server in the test's own process, without threads or clients."""

import os
from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager
from pathlib import Path

import anyio

from app_server.http.client import HttpClient
from app_server.mcp.connection import Connection
from app_server.mcp.settings import ServerSettings, Stdio, StreamableHttp
from app_server.mcp.world import Elicit, World
from support.client import JsonObject

DEADLINE = 20


async def decline(_server: str, _params: JsonObject) -> JsonObject:
    return {"action": "decline"}


def world(http: HttpClient, elicit: Elicit = decline) -> World:
    return World(str(Path.cwd()), dict(os.environ), http, elicit)


def program(command: str, *args: str) -> Stdio:
    return Stdio(command, args, env=(), env_vars=(), cwd=None)


def address(url: str) -> StreamableHttp:
    return StreamableHttp(url, bearer_token_env_var=None, http_headers=(), env_http_headers=())


@asynccontextmanager
async def connected(transport: Stdio | StreamableHttp, elicit: Elicit) -> AsyncGenerator[Connection]:
    """A server that is ready; it has ended when the block has."""
    http = HttpClient(os.environ)
    with anyio.fail_after(DEADLINE):
        async with anyio.create_task_group() as tasks:
            connection = Connection(
                ServerSettings("official", transport), world(http, elicit), lambda _: None
            )
            tasks.start_soon(connection.run)
            await connection.started.wait()
            assert connection.state == "ready", connection.error
            yield connection
            connection.stop()
        await http.close()
