"""`mcpServerStatus/list`, `mcpServer/*`, `config/mcpServer/reload` (services.md §8)."""

import os
from collections.abc import Sequence
from functools import partial
from typing import TypeVar

import anyio
import anyio.to_thread

from app_server.agent.loaded_threads import LoadedThreads
from app_server.agent.mcp import configured_servers, logins_of
from app_server.agent.mcp_reload import queue_servers
from app_server.agent.mcp_visit import visited
from app_server.agent.opening import Upstream, hosted_apps
from app_server.config.config import Config
from app_server.config.errors import ConfigError
from app_server.config.loader import ConfigLoader
from app_server.handlers.base import Call, Later
from app_server.handlers.errors import refusals
from app_server.handlers.pages import page
from app_server.handlers.threads.config import config_for
from app_server.handlers.threads.ids import thread_id_of
from app_server.mcp.connection import Connection
from app_server.mcp.errors import McpError
from app_server.mcp.oauth.storage import Logins
from app_server.mcp.servers import ThreadServers
from app_server.mcp.settings import ServerSettings, StreamableHttp
from protocol.decode import DecodeError, decode
from protocol.jsonrpc import internal_error
from protocol.mcp import (
    ListMcpServerStatusParams,
    ListMcpServerStatusResponse,
    McpAuthStatus,
    McpResourceReadParams,
    McpResourceReadResponse,
    McpServerConnectionStatus,
    McpServerInfo,
    McpServerRefreshResponse,
    McpServerStatus,
    McpServerToolCallParams,
    McpServerToolCallResponse,
    Resource,
    ResourceTemplate,
    Tool,
)
from protocol.wire import JsonObject, WireModel

M = TypeVar("M", bound=WireModel)


class McpHandlers:
    """Servers of loaded threads, and servers that are started for one question only."""

    def __init__(self, loaded: LoadedThreads, configs: ConfigLoader, upstream: Upstream) -> None:
        self._loaded = loaded
        self._configs = configs
        self._http = upstream.http
        self._apps = partial(hosted_apps, upstream)

    async def list_status(
        self, _call: Call, params: ListMcpServerStatusParams
    ) -> Later[ListMcpServerStatusResponse]:
        """What each configured server offers; each is started for it, and ended."""
        config = config_for(self._configs, self._loaded, params.thread_id)
        named = [
            one for one in configured_servers(config, self._apps()) if params.server_name in (None, one.name)
        ]
        rows, cursor = page(named, params.cursor, params.limit, "MCP servers")
        return Later(self._statuses(config, rows, cursor, full=params.detail != "toolsAndAuthOnly"))

    async def call_tool(
        self, _call: Call, params: McpServerToolCallParams
    ) -> Later[McpServerToolCallResponse]:
        """A call by the client itself, of any tool of a loaded thread's server."""
        connection = self._server(params.thread_id, params.server)
        meta = params.meta
        if meta is None or isinstance(meta, dict):
            meta = {**(meta or {}), "threadId": params.thread_id}
        kept = meta if isinstance(meta, dict) else None

        async def call() -> McpServerToolCallResponse:
            await _until_ready(connection)
            try:
                answer = await connection.call_tool(params.tool, params.arguments, meta=kept)
            except McpError as error:
                where = f"{params.server}/{params.tool}"
                raise internal_error(f"tool call failed for `{where}`: {error}") from error
            return McpServerToolCallResponse.model_validate(
                {**answer, "content": answer.get("content") or []}
            )

        return Later(call())

    async def read_resource(
        self, _call: Call, params: McpResourceReadParams
    ) -> Later[McpResourceReadResponse]:
        """From the thread's server; without a thread, from one that is started for it."""
        if params.thread_id is not None:
            return Later(_read(self._server(params.thread_id, params.server), params.uri))
        config = config_for(self._configs, self._loaded, None)
        settings = [
            one
            for one in configured_servers(config, self._apps())
            if one.name == params.server and one.enabled
        ]

        async def read() -> McpResourceReadResponse:
            async with visited(config, settings, self._http, self._apps()) as servers:
                return await _read(_known(servers, params.server), params.uri)

        return Later(read())

    async def reload(self, _call: Call, _params: None) -> McpServerRefreshResponse:
        """Read the configuration again; a loaded thread takes it up with its next turn."""
        try:
            self._configs.load()
            queue_servers(self._loaded, self._configs)
        except ConfigError as error:
            raise internal_error(f"failed to refresh MCP servers: {error}") from error
        return McpServerRefreshResponse()

    def _server(self, thread_id: str, name: str) -> Connection:
        with refusals():
            thread = self._loaded.require(thread_id_of(thread_id))
        return _known(thread.session.mcp, name)

    async def _statuses(
        self, config: Config, rows: Sequence[ServerSettings], cursor: str | None, *, full: bool
    ) -> ListMcpServerStatusResponse:
        found: dict[str, McpServerStatus] = {}
        async with (
            visited(config, rows, self._http, self._apps()) as servers,
            anyio.create_task_group() as asking,
        ):

            async def ask(settings: ServerSettings) -> None:
                row = await _status(settings, servers, full=full)
                if row.auth_status == "unsupported" and await _has_login(settings, logins_of(config)):
                    row = row.model_copy(update={"auth_status": "oAuth"})
                found[settings.name] = row

            for settings in rows:
                asking.start_soon(ask, settings)
        return ListMcpServerStatusResponse(data=[found[one.name] for one in rows], next_cursor=cursor)


async def _status(settings: ServerSettings, servers: ThreadServers, *, full: bool) -> McpServerStatus:
    if not settings.enabled:
        return _row(settings, None, "disabled")
    connection = servers.get(settings.name)
    if connection.state != "ready":
        return _row(settings, connection, "authenticationRequired" if connection.needs_login else "failed")
    row = _row(settings, connection, "connected")
    if not full:
        return row
    resources = await _listed(connection, "resources")
    templates = await _listed(connection, "resourceTemplates")
    return row.model_copy(
        update={
            "resources": _each(Resource, resources),
            "resource_templates": _each(ResourceTemplate, templates),
        }
    )


def _row(
    settings: ServerSettings, connection: Connection | None, status: McpServerConnectionStatus
) -> McpServerStatus:
    ready = connection if connection is not None and connection.state == "ready" else None
    info = _each(McpServerInfo, [ready.info] if ready is not None and ready.info else [])
    return McpServerStatus(
        name=settings.name,
        runtime_status=status,
        plugin_id=settings.plugin_id,
        server_info=info[0] if info else None,
        server_capabilities=ready.capabilities if ready is not None else None,
        tools={tool.name: tool for tool in _each(Tool, ready.tools if ready is not None else ())},
        resources=[],
        resource_templates=[],
        auth_status=_auth_status(settings, connection),
    )


def _auth_status(settings: ServerSettings, connection: Connection | None) -> McpAuthStatus:
    if not isinstance(settings.transport, StreamableHttp):
        return "unsupported"
    if settings.of_account or os.environ.get(settings.transport.bearer_token_env_var or ""):
        return "bearerToken"
    return "notLoggedIn" if connection is not None and connection.needs_login else "unsupported"


async def _has_login(settings: ServerSettings, logins: Logins) -> bool:
    if not isinstance(settings.transport, StreamableHttp):
        return False
    url = settings.transport.url
    return await anyio.to_thread.run_sync(logins.storage.load, settings.name, url) is not None


async def _listed(connection: Connection, key: str) -> list[JsonObject]:
    """All rows; a server that has no such thing has none."""
    try:
        return await connection.all_pages(
            connection.resources if key == "resources" else connection.resource_templates, key
        )
    except McpError:
        return []


def _each(kind: type[M], rows: Sequence[JsonObject]) -> list[M]:
    """Those of the rows that are what the wire says; others would break a client."""
    found: list[M] = []
    for row in rows:
        try:
            found.append(decode(kind, row))
        except DecodeError:
            continue
    return found


async def _read(connection: Connection, uri: str) -> McpResourceReadResponse:
    await _until_ready(connection)
    try:
        answer = await connection.read_resource(uri)
        return decode(McpResourceReadResponse, {"contents": answer.get("contents") or []})
    except (McpError, DecodeError) as error:
        raise internal_error(f"resources/read failed for `{connection.name}` ({uri}): {error}") from error


async def _until_ready(connection: Connection) -> None:
    await connection.started.wait()
    if connection.state != "ready":
        reason = connection.cause or connection.state
        raise internal_error(f"failed to get client: MCP startup failed: {reason}")


def _known(servers: ThreadServers, name: str) -> Connection:
    try:
        return servers.get(name)
    except McpError as error:
        raise internal_error(str(error)) from error
