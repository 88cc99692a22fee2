"""The Responses websocket of one thread: its handshake, its warm-up, and whether HTTP has taken its place.

One socket is kept across turns, and requests on it come one after the other (model-client.md §5). A warm-up
opens it while the client still thinks about the first turn. It is an optimisation: whatever comes of it, the
turn is the same, and asks over a socket of its own when there is none yet (promise U4).
"""

import logging
import time
from collections.abc import Mapping
from typing import TYPE_CHECKING, Final

import anyio

from app_server.http.message import HttpError, HttpRequest, shown_url
from app_server.http.websocket import Handshake, WebSocket
from app_server.model import errors
from app_server.model.errors import ModelError
from app_server.model.headers import TURN_STATE
from app_server.model.incremental import Answered, increment
from app_server.model.request import ResponsesRequest, as_json
from app_server.model.socket_answer import SocketAnswer

if TYPE_CHECKING:
    from app_server.model.client import ModelClient, ModelTurn

_log: Final = logging.getLogger("app_server.model")
_BETA: Final = b"responses_websockets=2026-02-06"


class SocketRoute:
    """Owns the thread's socket and what it knows."""

    def __init__(self, client: "ModelClient") -> None:
        self.given_up = False
        """HTTP from now on, for as long as the thread is loaded."""
        self.headers: Mapping[str, str] = {}
        """Those of the handshake; they hold for every request on the socket."""
        self.previous: Answered | None = None
        self.socket: WebSocket | None = None
        self._client = client
        self._window = 0
        self._asked = False
        self._state: str | None = None
        self._warm = anyio.Event()
        self._warm.set()
        self._warming = anyio.CancelScope()

    async def warm_up(self, request: ResponsesRequest, turn: "ModelTurn") -> None:
        """Open the socket and show it what does not change. Never raises ModelError.

        Too late once a turn has begun to ask: the socket is that turn's.
        """
        if self._asked:
            return
        self._warm = anyio.Event()
        self._warming = anyio.CancelScope(deadline=anyio.current_time() + self._patience)
        try:
            with self._warming:
                async with SocketAnswer(self, self._client, turn, request, warm=True) as answer:
                    async for _ in answer:
                        pass
                self._state = turn.state
        except ModelError as error:
            _log.debug("thread %s: the warm-up came to nothing: %s", self._client.facts.thread_id, error)
        finally:
            self._warm.set()

    async def ready(self, turn: "ModelTurn", *, warm: bool) -> bool | None:
        """Have an open socket. Whether it is an old one; None when HTTP has to do. Raises ModelError."""
        if not warm:
            self._asked = True
            await self._warm.wait()
            state, self._state = self._state, None
            if turn.state is None:
                turn.state = state
        if self.given_up:
            return None
        if self.socket is not None:
            # A compaction makes a new window, which gets a new socket.
            if self._window == self._client.window_number and self.socket.is_open:
                return True
            await self.drop()
        return False if await self.connect(turn) else None

    async def connect(self, turn: "ModelTurn") -> bool:
        """Open a new socket; False when the provider wants HTTP. Raises ModelError."""
        client = self._client
        refusals = 0
        while True:
            credentials = await client.credentials.current()
            url = client.provider.url("responses", chatgpt_login=credentials.chatgpt_login)
            handshake = Handshake()
            headers = await client.headers(turn.metadata, turn.state, credentials)
            for name in ("accept", "content-type"):
                headers.pop(name, None)
            headers |= {"openai-beta": _BETA, **handshake.headers}
            shown = shown_url(url.replace("http", "ws", 1))
            try:
                with anyio.fail_after(self._patience):
                    response = await client.http.upgrade(HttpRequest("GET", url, headers))
            except TimeoutError:
                raise errors.socket_timeout() from None
            except HttpError as error:
                _log.debug("the handshake with the provider failed: %s", error)
                raise errors.unreachable(shown) from None
            if response.status == 101:
                try:
                    self.socket = handshake.accepted(response)
                except HttpError as error:
                    await response.close()
                    raise errors.disconnected(str(error)) from None
                self.headers = response.headers
                self._window = client.window_number
                if turn.state is None:
                    turn.state = response.headers.get(TURN_STATE)
                return True
            if response.status == 426:
                await response.close()
                self.given_up = True
                return False
            if response.status == 401:
                refusals += 1
                if await client.recovered(response, refusals):
                    continue
            raise await client.refused(response, shown)

    async def ask(self, turn: "ModelTurn", request: ResponsesRequest, answer: SocketAnswer) -> None:
        """Send the request, as far as the socket does not know it. Raises HttpError and ModelError."""
        client = self._client
        fields = client.fields(request)
        metadata: dict[str, bytes] = client.thread_headers()
        fields["client_metadata"] = {
            "x-codex-installation-id": client.facts.installation_id,
            "x-codex-turn-metadata": turn.metadata.to_header(client.facts).decode(),
            "x-codex-ws-stream-request-start-ms": str(int(time.time() * 1000)),
            **{
                name: metadata[name].decode()
                for name in ("x-codex-window-id", "x-openai-subagent", "x-codex-parent-thread-id")
                if name in metadata
            },
        }
        sent = increment(self.previous, fields)
        self.previous = None
        answer.fields = fields
        message = {"type": "response.create", **sent}
        if answer.warm:
            message["generate"] = False
        if self.socket is None:
            raise HttpError("the websocket is closed", answered=False)
        await self.socket.send(as_json(message))

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
        return self._client.provider.websocket_connect_timeout_ms / 1000
