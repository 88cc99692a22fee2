"""MCP servers that are started for one question, without a thread."""

import os
from collections.abc import AsyncGenerator, Sequence
from contextlib import asynccontextmanager

import anyio

from app_server.agent.mcp import logins_of
from app_server.config.config import Config
from app_server.http.client import HttpClient
from app_server.mcp.servers import Change, ThreadServers
from app_server.mcp.settings import ServerSettings
from app_server.mcp.world import Account, World
from protocol.wire import JsonObject


@asynccontextmanager
async def visited(
    config: Config, settings: Sequence[ServerSettings], http: HttpClient, account: Account | None = None
) -> AsyncGenerator[ThreadServers]:
    """Servers of our own, each ready or failed; they end with the block."""
    world = World(str(config.cwd), dict(os.environ), http, _decline, logins_of(config), account)
    servers = ThreadServers(settings, world, _untold)
    servers.begin()
    failure: Exception | None = None
    async with anyio.create_task_group() as tasks:
        tasks.start_soon(servers.run)
        try:  # what is raised in here would come out of the group as one of many
            await servers.wait_started()
            yield servers
        except Exception as error:  # noqa: BLE001 - raised below
            failure = error
        await servers.close()
    if failure is not None:
        raise failure


async def _decline(_server: str, _params: JsonObject) -> JsonObject:
    return {"action": "decline"}


def _untold(_change: Change) -> None:
    """Nobody waits for news of a server that is started for one question."""
