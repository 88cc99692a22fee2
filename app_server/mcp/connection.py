"""One server: started, asked and ended by one task that owns it (C7)."""

import logging
from collections.abc import Awaitable, Callable
from contextlib import AbstractAsyncContextManager
from typing import Final

import anyio

from app_server.mcp.channel import Channel
from app_server.mcp.errors import (
    ConnectionClosed,
    McpError,
    McpRefusal,
    NotLoggedIn,
    SessionLost,
    shown_seconds,
)
from app_server.mcp.peer import Peer, Progress
from app_server.mcp.settings import ServerSettings, Stdio
from app_server.mcp.world import Login, State, World
from app_server.version import WIRE_VERSION
from protocol.wire import JsonObject, JsonValue

logger = logging.getLogger("app_server.mcp")

PROTOCOL_VERSION: Final = "2025-06-18"
_METHOD_NOT_FOUND: Final = -32601
_MOST_PAGES: Final = 1000


class Connection:
    """A server from its start to its end. `run` is its owner; all else asks it from other tasks."""

    def __init__(
        self, settings: ServerSettings, world: World, changed: Callable[["Connection"], None]
    ) -> None:
        self.settings = settings
        self.state: State = "starting"
        self.error: str | None = None
        """What clients are told of a failed start."""
        self.cause: str | None = None
        self.needs_login = False
        self.instructions: str | None = None
        self.capabilities: JsonObject = {}
        self.info: JsonObject | None = None
        self.tools: tuple[JsonObject, ...] = ()
        """As the server lists them, without those that the configuration leaves out. Before it has
        listed any: what is known from before."""
        self.known = anyio.Event()
        """Its tools are known, or will not be."""
        self.started = anyio.Event()
        self.ended = anyio.Event()
        self._world = world
        self._changed = changed
        self._stop = anyio.Event()
        self._peer: Peer | None = None
        self._channel: Channel | None = None
        self._renewing = anyio.Lock()
        self._recalled: tuple[JsonObject, ...] = ()

    @property
    def name(self) -> str:
        return self.settings.name

    @property
    def offers(self) -> bool:
        """Whether a model may be told of its tools; a call waits until the server can be asked."""
        return self.state == "ready" or (bool(self.tools) and self.state != "cancelled")

    def stop(self) -> None:
        """Let it end; `ended` tells when it has."""
        self._stop.set()

    async def run(self) -> None:
        """Open the connection, keep it until it is to stop, close it. Never raises but when cancelled."""
        self._changed(self)
        try:
            await self._recall()
            async with self._open() as channel, anyio.create_task_group() as tasks:
                self._channel = channel
                self._peer = Peer(channel, self._answer, tasks)
                tasks.start_soon(self._peer.run)
                if await self._start(self._peer):
                    await self._remember()
                    await self._stop.wait()
                tasks.cancel_scope.cancel()
        except ConnectionClosed as error:
            self._failed(error)
        except Exception as error:  # the boundary of a server: whatever it does, others go on
            logger.exception("the MCP server %s ended by an unexpected error", self.name)
            self._failed(McpError(str(error)))
        finally:
            self._peer = self._channel = None
            self._settle("cancelled")
            self.ended.set()

    async def call_tool(
        self,
        tool: str,
        arguments: JsonValue = None,
        *,
        meta: JsonObject | None = None,
        progress: Progress | None = None,
    ) -> JsonObject:
        """What the server answers, as it is. Raises McpError."""
        if arguments is not None and not isinstance(arguments, dict):
            raise McpError(f"MCP tool arguments must be a JSON object, got {_shown(arguments)}")
        params: JsonObject = {} if meta is None else {"_meta": meta}
        params["name"] = tool
        if arguments is not None:
            params["arguments"] = arguments
        return await self._request("tools/call", params, progress)

    async def read_resource(self, uri: str) -> JsonObject:
        """What the server holds under the URI, as it is. Raises McpError."""
        return await self._request("resources/read", {"uri": uri})

    async def resources(self, cursor: str | None = None) -> JsonObject:
        """One page of the server's resources. Raises McpError."""
        return await self._request("resources/list", {} if cursor is None else {"cursor": cursor})

    async def resource_templates(self, cursor: str | None = None) -> JsonObject:
        """One page of the templates of resources. Raises McpError."""
        return await self._request("resources/templates/list", {} if cursor is None else {"cursor": cursor})

    async def all_pages(
        self, page: Callable[[str | None], Awaitable[JsonObject]], key: str
    ) -> list[JsonObject]:
        """The rows of all pages. Raises McpError."""
        rows: list[JsonObject] = []
        cursor: str | None = None
        for _ in range(_MOST_PAGES):
            answer = await page(cursor)
            listed = answer.get(key)
            rows += [row for row in listed if isinstance(row, dict)] if isinstance(listed, list) else []
            following = answer.get("nextCursor")
            if not isinstance(following, str):
                return rows
            cursor = following
        raise McpError(f"{self.name} lists its {key} without end")

    async def _recall(self) -> None:
        """What an account's server listed before is offered until it has said what it lists now."""
        if not self.settings.of_account or self._world.account is None:
            return
        self._recalled = await self._world.account.kept()
        if self._recalled:
            self.tools = self._recalled
            self.known.set()
            self._changed(self)

    async def _remember(self) -> None:
        if not self.settings.of_account or self._world.account is None or self.tools == self._recalled:
            return
        await self._world.account.keep(self.tools)

    def _open(self) -> AbstractAsyncContextManager[Channel]:
        transport, world = self.settings.transport, self._world
        if isinstance(transport, Stdio):
            from app_server.mcp.stdio import stdio_channel  # each only where it is configured

            return stdio_channel(transport, cwd=world.cwd, env=world.env)
        from app_server.mcp.http import http_channel
        from app_server.mcp.oauth.tokens import LoginToken

        login: Login | None = None
        if self.settings.of_account:
            login = world.account
        elif world.logins is not None and not world.env.get(transport.bearer_token_env_var or ""):
            resource = transport.oauth_resource
            login = LoginToken(world.http, world.logins, self.name, transport.url, resource=resource)
        return http_channel(transport, http=world.http, env=world.env, login=login)

    async def _start(self, peer: Peer) -> bool:
        """Whether the server is ready now; else why not is told."""
        seconds = self.settings.startup_seconds
        with anyio.move_on_after(seconds) as limit:
            async with anyio.create_task_group() as tasks:
                tasks.start_soon(self._stop_cancels, tasks.cancel_scope)
                try:
                    await self._handshake(peer)
                    self.tools = await self._list_tools(peer)
                    self._settle("ready")
                except McpError as error:
                    self._failed(error)
                tasks.cancel_scope.cancel()
        if limit.cancelled_caught and self.state == "starting":
            self._timed_out(seconds)
        return self.state == "ready"

    async def _stop_cancels(self, scope: anyio.CancelScope) -> None:
        await self._stop.wait()
        scope.cancel()

    async def _handshake(self, peer: Peer) -> None:
        params: JsonObject = {
            "protocolVersion": PROTOCOL_VERSION,
            "capabilities": {"elicitation": {}},
            "clientInfo": {"name": "codex-mcp-client", "title": "Codex", "version": WIRE_VERSION},
        }
        try:
            result = await peer.request("initialize", params, tracked=False)
        except NotLoggedIn:
            raise
        except ConnectionClosed as error:
            gone = str(error) == "Transport closed"
            text = "connection closed: initialize response" if gone else str(error)
            raise ConnectionClosed(f"handshaking with MCP server failed: {text}") from error
        except McpError as error:
            raise McpError(f"handshaking with MCP server failed: {error}") from error
        instructions, capabilities = result.get("instructions"), result.get("capabilities")
        self.instructions = instructions if isinstance(instructions, str) and instructions else None
        self.capabilities = capabilities if isinstance(capabilities, dict) else {}
        info = result.get("serverInfo")
        self.info = info if isinstance(info, dict) else None
        if self._channel is not None:
            self._channel.speaks(str(result.get("protocolVersion") or PROTOCOL_VERSION))
        await peer.notify("notifications/initialized")

    async def _list_tools(self, peer: Peer) -> tuple[JsonObject, ...]:
        async def page(cursor: str | None) -> JsonObject:
            return await peer.request("tools/list", {} if cursor is None else {"cursor": cursor})

        try:
            listed = await self.all_pages(page, "tools")
        except McpRefusal as refusal:
            if refusal.code != _METHOD_NOT_FOUND:
                raise
            return ()
        return tuple(
            tool
            for tool in listed
            if isinstance(name := tool.get("name"), str) and self.settings.offers(name)
        )

    async def _request(self, method: str, params: JsonObject, progress: Progress | None = None) -> JsonObject:
        """Once more in a new session, when the server has forgotten ours."""
        await self.started.wait()
        try:
            return await self._ask(method, params, progress)
        except SessionLost:
            async with self._renewing:
                if (peer := self._peer) is not None:
                    await self._handshake(peer)
            return await self._ask(method, params, progress)

    async def _ask(self, method: str, params: JsonObject, progress: Progress | None) -> JsonObject:
        if self.state != "ready":
            raise McpError(f"failed to get client: MCP startup failed: {self.cause or self.state}")
        if self._peer is None:
            raise ConnectionClosed
        seconds = self.settings.tool_seconds
        return await self._peer.request(method, params, seconds=seconds, progress=progress)

    async def _answer(self, method: str, params: JsonObject) -> JsonObject:
        if method == "ping":
            return {}
        if method == "elicitation/create":
            return await self._world.elicit(self.name, params)
        raise McpRefusal(_METHOD_NOT_FOUND, f"Method not found: {method}")

    def _failed(self, error: McpError) -> None:
        if self.state != "starting":
            return
        self.cause = str(error)
        if isinstance(error, NotLoggedIn) and not self.settings.of_account:
            self.needs_login = True
            self.error = f"The {self.name} MCP server is not logged in. Run `codex mcp login {self.name}`."
        else:
            self.error = f"MCP client for `{self.name}` failed to start: MCP startup failed: {error}"
        self._settle("failed")

    def _timed_out(self, seconds: float) -> None:
        self.cause = f"timed out handshaking with MCP server after {shown_seconds(seconds)}"
        self.error = (
            f"MCP client for `{self.name}` timed out after {seconds:g} seconds. "
            "Add or adjust `startup_timeout_sec` in your config.toml:\n"
            f"[mcp_servers.{self.name}]\nstartup_timeout_sec = XX"
        )
        self._settle("failed")

    def _settle(self, state: State) -> None:
        """Leave `starting`, once."""
        if self.state == "starting":
            self.state = state
            self.known.set()
            self.started.set()
            self._changed(self)


def _shown(value: JsonValue) -> str:
    import orjson

    return orjson.dumps(value).decode()
