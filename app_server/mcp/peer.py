"""JSON-RPC with one server: requests and their answers, progress, questions of the server's own.

`run` reads for as long as the connection lasts; everything else may be called meanwhile.
"""

import logging
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from typing import Final

import anyio
from anyio.abc import TaskGroup

from app_server.mcp.channel import Channel, Undelivered
from app_server.mcp.errors import ConnectionClosed, McpError, McpRefusal, NoAnswerInTime
from protocol.wire import JsonObject, JsonValue

logger = logging.getLogger("app_server.mcp")

Answer = Callable[[str, JsonObject], Awaitable[JsonObject]]
"""Answers a request of the server's, by its method. Raises McpRefusal."""

Progress = Callable[[JsonObject], None]

_FAREWELL_SECONDS: Final = 1.0
_SHORTEST_WAIT: Final = 0.05


@dataclass(eq=False, slots=True)
class _Open:
    """A request without an answer so far."""

    progress: Progress | None
    outcome: JsonObject | McpError | None = None
    settled: anyio.Event = field(default_factory=anyio.Event)


class Peer:
    """The server at the other end of a channel."""

    def __init__(self, channel: Channel, answer: Answer, tasks: TaskGroup) -> None:
        self._channel = channel
        self._answer = answer
        self._tasks = tasks
        self._open: dict[int, _Open] = {}
        self._tokens: dict[int, _Open] = {}
        self._next_id = 0
        self._next_token = 0
        self._closed: McpError | None = None
        self._asking = 0
        self._asked_for = 0.0
        self._asking_since = 0.0

    async def run(self) -> None:
        """Read until the server is gone; whoever waits for it is told so."""
        try:
            while True:
                self._take(await self._channel.receive())
        except ConnectionClosed as closed:
            self._closed = closed
            for request in tuple(self._open.values()):
                request.outcome = closed
                request.settled.set()

    async def request(
        self,
        method: str,
        params: JsonObject,
        *,
        seconds: float | None = None,
        progress: Progress | None = None,
        tracked: bool = True,
    ) -> JsonObject:
        """The result. `seconds` counts while no user is asked by the server. Raises McpError.

        A request that is given up is cancelled at the server too. `tracked`: it may report its progress.
        """
        if self._closed is not None:
            raise self._closed
        request_id, token, request = self._next_id, self._next_token, _Open(progress)
        self._next_id += 1
        self._open[request_id] = request
        if tracked:
            meta = params.get("_meta")
            given = meta if isinstance(meta, dict) else {}
            params = {**params, "_meta": {**given, "progressToken": token}}
            self._next_token += 1
            self._tokens[token] = request
        message: JsonObject = {"jsonrpc": "2.0", "id": request_id, "method": method, "params": params}
        try:
            await self._channel.send(message)
            await self._settled(request, method, seconds)
        except BaseException as error:
            if not isinstance(error, ConnectionClosed) and method != "initialize":
                await self._cancel(request_id)
            raise
        finally:
            del self._open[request_id]
            if tracked:
                del self._tokens[token]
        if isinstance(request.outcome, McpError):
            raise request.outcome
        return request.outcome or {}

    async def notify(self, method: str, params: JsonObject | None = None) -> None:
        """Tell the server something. Raises ConnectionClosed."""
        message: JsonObject = {"jsonrpc": "2.0", "method": method}
        await self._channel.send(message if params is None else {**message, "params": params})

    async def _settled(self, request: _Open, method: str, seconds: float | None) -> None:
        if seconds is None:
            await request.settled.wait()
            return
        began = self._active_time()
        while not request.settled.is_set():
            left = seconds - (self._active_time() - began)
            if left <= 0 and not self._asking:
                raise NoAnswerInTime(method, seconds)
            with anyio.move_on_after(max(left, _SHORTEST_WAIT)):
                await request.settled.wait()

    def _active_time(self) -> float:
        """The loop's clock, which stands still while the server waits for a user."""
        now = anyio.current_time()
        return now - self._asked_for - (now - self._asking_since if self._asking else 0.0)

    async def _cancel(self, request_id: int) -> None:
        params: JsonObject = {"requestId": request_id, "reason": "no longer wanted"}
        with anyio.CancelScope(shield=True), anyio.move_on_after(_FAREWELL_SECONDS):
            try:
                await self.notify("notifications/cancelled", params)
            except McpError:
                return

    def _take(self, message: JsonObject | Undelivered) -> None:
        if isinstance(message, Undelivered):
            self._settle(message.request_id, message.error)
        elif "method" not in message:
            self._settle(message.get("id"), _outcome(message))
        elif "id" in message:
            self._tasks.start_soon(self._answer_request, message)
        elif message["method"] == "notifications/progress":
            self._progressed(_object(message.get("params")))

    def _settle(self, request_id: JsonValue, outcome: JsonObject | McpError) -> None:
        request = self._open.get(request_id) if isinstance(request_id, int) else None
        if request is not None and not request.settled.is_set():
            request.outcome = outcome
            request.settled.set()

    def _progressed(self, params: JsonObject) -> None:
        token = params.get("progressToken")
        request = self._tokens.get(token) if isinstance(token, int) else None
        if request is not None and request.progress is not None:
            request.progress(params)

    async def _answer_request(self, message: JsonObject) -> None:
        method, reply = str(message["method"]), _reply_to(message)
        if not self._asking:
            self._asking_since = anyio.current_time()
        self._asking += 1
        try:
            reply["result"] = await self._answer(method, _object(message.get("params")))
        except McpRefusal as refusal:
            reply["error"] = {"code": refusal.code, "message": str(refusal).split(": ", 2)[-1]}
        finally:
            self._asking -= 1
            if not self._asking:
                self._asked_for += anyio.current_time() - self._asking_since
        try:
            await self._channel.send(reply)
        except McpError:
            logger.debug("the server is gone that asked %s", method)


def _reply_to(message: JsonObject) -> JsonObject:
    return {"jsonrpc": "2.0", "id": message["id"]}


def _outcome(message: JsonObject) -> JsonObject | McpError:
    error = message.get("error")
    if isinstance(error, dict):
        code = error.get("code")
        return McpRefusal(code if isinstance(code, int) else 0, str(error.get("message", "")))
    return _object(message.get("result"))


def _object(value: JsonValue) -> JsonObject:
    return value if isinstance(value, dict) else {}
