"""The Responses websocket of one thread: its handshake, its warm-up, and whether HTTP has taken its place.

One socket is kept across turns, and requests on it come one after the other (model-client.md §5). A warm-up
opens it while the client still thinks about the first turn. It is an optimisation: whatever comes of it, the
turn is the same, and asks over a socket of its own when there is none yet (promise U4).
"""

import logging
import time
from collections.abc import Generator, Mapping
from contextlib import contextmanager
from typing import Final

import anyio

from app_server.http.exchange import DirectResponse
from app_server.http.message import HttpError, HttpRequest, shown_url
from app_server.http.websocket import Handshake, WebSocket
from app_server.model import errors
from app_server.model.errors import ModelError
from app_server.model.headers import TURN_STATE
from app_server.model.request import ResponsesRequest, as_json
from app_server.model.thread_requests import ThreadRequests, TurnRequests
from app_server.model.websocket.incremental import Answered, increment
from protocol.wire import JsonObject

_log: Final = logging.getLogger("app_server.model")
_BETA: Final = b"responses_websockets=2026-02-06"


class SocketRoute:
    """Owns the thread's socket and what it knows."""

    def __init__(self, thread: ThreadRequests) -> None:
        self.given_up = False
        """HTTP from now on, for as long as the thread is loaded."""
        self.headers: Mapping[str, str] = {}
        """Those of the handshake; they hold for every request on the socket."""
        self.previous: Answered | None = None
        self.socket: WebSocket | None = None
        self._thread = thread
        self._window = 0
        self.asked = False
        """Whether a turn has begun to ask: the socket is that turn's, and too late to be warmed up."""
        self._state: str | None = None
        self._warm = anyio.Event()
        self._warm.set()
        self._warming = anyio.CancelScope()

    @contextmanager
    def warming(self, turn: TurnRequests) -> Generator[None]:
        """While the socket is shown what does not change. What fails or takes too long just ends."""
        self._warm = anyio.Event()
        self._warming = anyio.CancelScope(deadline=anyio.current_time() + self._patience)
        try:
            with self._warming:
                yield
                self._state = turn.state
        except ModelError as error:
            _log.debug("thread %s: the warm-up came to nothing: %s", self._thread.facts.thread_id, error)
        finally:
            self._warm.set()

    async def ready(self, turn: TurnRequests, *, warm: bool) -> bool | None:
        """Have an open socket. Whether it is an old one; None when HTTP has to do. Raises ModelError."""
        if not warm:
            self.asked = True
            await self._warm.wait()
            state, self._state = self._state, None
            if turn.state is None:
                turn.state = state
        if self.given_up:
            return None
        if self.socket is not None:
            # A compaction makes a new window, which gets a new socket.
            if self._window == self._thread.window_number and self.socket.is_open:
                return True
            await self.drop()
        return False if await self.connect(turn) else None

    async def connect(self, turn: TurnRequests) -> bool:
        """Open a new socket; False when the provider wants HTTP. Raises ModelError."""
        thread = self._thread
        refusals = 0
        while True:
            credentials = await thread.credentials.current()
            url = credentials.url(thread.provider, "responses")
            handshake = Handshake()
            headers = await thread.headers(turn.metadata, turn.state, credentials)
            for name in ("accept", "content-type"):
                headers.pop(name, None)
            headers |= {"openai-beta": _BETA, **handshake.headers}
            shown = shown_url(url.replace("http", "ws", 1))
            try:
                with anyio.fail_after(self._patience):
                    response = await thread.http.upgrade(HttpRequest("GET", url, headers))
            except TimeoutError:
                raise errors.socket_timeout() from None
            except HttpError as error:
                _log.debug("the handshake with the provider failed: %s", error)
                raise errors.unreachable(shown) from None
            if response.status == 101:
                await self._take(response, handshake, turn)
                return True
            if response.status == 426:
                await response.close()
                self.given_up = True
                return False
            if response.status == 401:
                refusals += 1
                if await thread.recovered(response, refusals):
                    continue
            raise await thread.refused(response, shown)

    async def _take(self, response: DirectResponse, handshake: Handshake, turn: TurnRequests) -> None:
        """Have the connection of a 101 as the thread's socket. Raises ModelError."""
        try:
            self.socket = handshake.accepted(response)
        except HttpError as error:
            await response.close()
            raise errors.disconnected(str(error)) from None
        self.headers = response.headers
        self._window = self._thread.window_number
        if turn.state is None:
            turn.state = response.headers.get(TURN_STATE)

    async def ask(self, turn: TurnRequests, request: ResponsesRequest, *, warm: bool) -> JsonObject:
        """Send the request, as far as the socket does not know it; the members of the whole request.

        Raises HttpError and ModelError.
        """
        thread = self._thread
        fields = thread.fields(request)
        metadata: dict[str, bytes] = thread.thread_headers()
        fields["client_metadata"] = {
            "x-codex-installation-id": thread.facts.installation_id,
            "x-codex-turn-metadata": turn.metadata.to_header(thread.facts).decode(),
            "x-codex-ws-stream-request-start-ms": str(int(time.time() * 1000)),
            **{
                name: metadata[name].decode()
                for name in ("x-codex-window-id", "x-openai-subagent", "x-codex-parent-thread-id")
                if name in metadata
            },
        }
        sent = increment(self.previous, fields)
        self.previous = None
        message = {"type": "response.create", **sent}
        if warm:
            message["generate"] = False
        if self.socket is None:
            raise HttpError("the websocket is closed", answered=False)
        await self.socket.send(as_json(message))
        return fields

    async def drop(self) -> None:
        """Close the socket; the next request opens another."""
        socket, self.socket = self.socket, None
        self.previous = None
        if socket is not None:
            await socket.close()

    async def give_up(self) -> bool:
        """HTTP from now on; False when that was so already."""
        if self.given_up:
            return False
        self.given_up = True
        await self.drop()
        return True

    async def close(self) -> None:
        """The thread is unloaded."""
        self.given_up = True
        self._warming.cancel()
        await self.drop()

    @property
    def _patience(self) -> float:
        return self._thread.provider.websocket_connect_timeout_ms / 1000
