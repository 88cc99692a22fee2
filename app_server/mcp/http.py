"""MCP over streamable HTTP: every message of ours is a POST, answers are JSON or a stream of events."""

import logging
from collections.abc import AsyncGenerator, Mapping
from contextlib import asynccontextmanager
from typing import Final

import anyio
import orjson
from anyio.abc import TaskGroup

from app_server.http.client import HttpClient
from app_server.http.message import HttpError, HttpRequest, HttpResponse, shown_url
from app_server.mcp.channel import Undelivered
from app_server.mcp.errors import ConnectionClosed, McpError, NotLoggedIn, SessionLost
from app_server.mcp.settings import StreamableHttp
from app_server.mcp.world import Login
from app_server.model.answer.sse import EventTooLargeError, SseParser
from protocol.wire import JsonObject, JsonValue

logger = logging.getLogger("app_server.mcp")

_MOST_WAITING: Final = 1024
"""Messages that were not taken yet; a server that sends more waits."""
_FAREWELL_SECONDS: Final = 1.0
_EVENTS: Final = "text/event-stream"


@asynccontextmanager
async def http_channel(
    settings: StreamableHttp, *, http: HttpClient, env: Mapping[str, str], login: Login | None
) -> AsyncGenerator["HttpChannel"]:
    """A session with the server; it is told of the end with the block."""
    async with anyio.create_task_group() as tasks:
        channel = HttpChannel(settings, http, headers_of(settings, env), tasks, login=login)
        try:
            yield channel
        finally:
            tasks.cancel_scope.cancel()
            await channel.leave()


def headers_of(settings: StreamableHttp, env: Mapping[str, str]) -> dict[str, bytes]:
    """What every request carries, a token that the configuration names included."""
    headers = {name.lower(): value for name, value in settings.http_headers}
    headers |= {name.lower(): env[key] for name, key in settings.env_http_headers if env.get(key)}
    if configured := env.get(settings.bearer_token_env_var or ""):
        headers["authorization"] = f"Bearer {configured}"
    return {name: value.encode("utf-8", "surrogateescape") for name, value in headers.items()}


class HttpChannel:
    """Implements `channel.Channel`."""

    def __init__(
        self,
        settings: StreamableHttp,
        http: HttpClient,
        headers: Mapping[str, bytes],
        tasks: TaskGroup,
        *,
        login: Login | None,
    ) -> None:
        self._login = None if "authorization" in headers else login
        self._settings = settings
        self._http = http
        self._headers = dict(headers)
        self._tasks = tasks
        self._session: str | None = None
        self._version: str | None = None
        self._listening = False
        self._put, self._get = anyio.create_memory_object_stream[JsonObject | Undelivered](_MOST_WAITING)

    async def send(self, message: JsonObject) -> None:
        self._tasks.start_soon(self._deliver, message)

    async def receive(self) -> JsonObject | Undelivered:
        return await self._get.receive()

    def speaks(self, protocol_version: str) -> None:
        self._version = protocol_version
        if not self._listening:
            self._listening = True
            self._tasks.start_soon(self._listen)

    async def leave(self) -> None:
        """Tell the server that the session is over, if there is one."""
        self._put.close()
        self._get.close()
        if self._session is None:
            return
        with anyio.CancelScope(shield=True), anyio.move_on_after(_FAREWELL_SECONDS):
            try:
                response = await self._request("DELETE")
                await response.close()
            except HttpError:
                return

    async def _deliver(self, message: JsonObject) -> None:
        """Post the message, and take in all that is answered to it."""
        request_id = message.get("id") if "method" in message else None
        try:
            await self._post(message)
        except McpError as error:
            if request_id is not None:
                await self._put.send(Undelivered(request_id, error))

    async def _post(self, message: JsonObject) -> None:
        begins = message.get("method") == "initialize"
        if begins:
            self._session = self._version = None
        try:
            response = await self._request("POST", orjson.dumps(message))
        except HttpError as error:
            raise ConnectionClosed(f"error sending request for url ({self._url}): {error}") from error
        try:
            await self._check(response)
            if begins:
                self._session = response.headers.get("mcp-session-id")
            await self._take_in(response)
        except HttpError as error:
            raise ConnectionClosed(f"error reading the answer of {self._url}: {error}") from error
        except EventTooLargeError:
            raise ConnectionClosed(f"{self._url} sent an event that is too large") from None
        finally:
            await response.close()
        request_id = message.get("id")
        if "method" in message and request_id is not None:
            # Of an answer that came this is too late to be heard.
            await self._put.send(Undelivered(request_id, ConnectionClosed()))

    async def _check(self, response: HttpResponse) -> None:
        if response.status == 401:
            raise NotLoggedIn("the server wants a login")
        if response.status == 404 and self._session is not None:
            raise SessionLost("the server has forgotten the session")
        if not 200 <= response.status < 300:
            raise ConnectionClosed(f"HTTP status {response.status} from {self._url}")

    async def _take_in(self, response: HttpResponse) -> None:
        if response.headers.get("content-type", "").lower().startswith(_EVENTS):
            parser = SseParser()
            while chunk := await response.read():
                for data in parser.feed(chunk):
                    await self._take(data)
            for data in parser.finish():
                await self._take(data)
            return
        body = b""
        while chunk := await response.read():
            body += chunk
        if body.strip():
            await self._take(body)

    async def _take(self, data: bytes) -> None:
        try:
            message: JsonValue = orjson.loads(data)
        except orjson.JSONDecodeError:
            logger.warning("the MCP server at %s sent something that is no JSON", self._url)
            return
        for one in message if isinstance(message, list) else (message,):
            if isinstance(one, dict):
                await self._put.send(one)

    async def _listen(self) -> None:
        """Hear what the server says by itself, where it offers that. Nothing is lost without it."""
        try:
            response = await self._request("GET")
        except HttpError:
            return
        try:
            if response.status == 200:
                await self._take_in(response)
        except (HttpError, EventTooLargeError):
            logger.debug("the MCP server at %s says nothing by itself any more", self._url)
        finally:
            await response.close()

    async def _request(self, method: str, body: bytes = b"") -> HttpResponse:
        """Under the login, if there is one; once more under a renewed one, where the first is refused."""
        login = self._login
        if login is None or (token := await login.current()) is None:
            return await self._send(method, body, {})
        response = await self._send(method, body, login.headers(token))
        if response.status != 401 or (other := await login.instead_of(token)) is None:
            return response
        await response.close()
        return await self._send(method, body, login.headers(other))

    async def _send(self, method: str, body: bytes, login: Mapping[str, bytes]) -> HttpResponse:
        headers = {**self._headers, **login}
        headers["accept"] = (_EVENTS if method == "GET" else f"application/json, {_EVENTS}").encode()
        if body:
            headers["content-type"] = b"application/json"
        if self._session is not None:
            headers["mcp-session-id"] = self._session.encode()
        if self._version is not None:
            headers["mcp-protocol-version"] = self._version.encode()
        return await self._http.send(HttpRequest(method, self._settings.url, headers, body))

    @property
    def _url(self) -> str:
        return shown_url(self._settings.url)
