"""The loopback server: HTTP/1.1 in, replies out (a Responses API as far as this server asks for one).

POST …/responses        the next reply, as server-sent events
GET  …/models           an empty list
GET  …/debug/requests   what was asked so far, if that is switched on
"""

import logging
from collections import OrderedDict, deque
from collections.abc import Awaitable, Callable
from typing import Final

import anyio
from anyio.abc import SocketAttribute, SocketStream
from anyio.streams.stapled import MultiListener

from app_server.model.lenient_json import dumps, loads
from app_server.model.offline.http_peer import Asked, Peer, PeerError
from app_server.model.offline.persona import answer
from app_server.model.offline.reply import Reply, refusal
from app_server.model.offline.script import Script
from protocol.wire import JsonValue

_log: Final = logging.getLogger("app_server.model.offline")
_REMEMBERED: Final = 200
_THREADS: Final = 1000
_SECRETS: Final = frozenset({"authorization", "cookie", "chatgpt-account-id"})

Answer = Callable[[Asked], Awaitable[Reply]]


class OfflineServer:
    """Owns where each thread is in the script, and what was asked."""

    def __init__(self, script: Script | None = None, *, show_requests: bool = False) -> None:
        self._script = script
        self._show_requests = show_requests
        self._positions: OrderedDict[str, int] = OrderedDict()
        self._served = 0
        self.requests: deque[JsonValue] = deque(maxlen=_REMEMBERED)
        """The latest requests: method, path, headers without the secret ones, and body."""

    async def reply(self, asked: Asked) -> Reply:
        """What to answer to a request."""
        self._remember(asked)
        match asked.method, asked.path.rstrip("/").rpartition("/")[2]:
            case "POST", "responses":
                return self._response(asked)
            case "GET", "models":
                return _json({"models": []})
            case "GET", "requests" if self._show_requests:
                return _json({"requests": [*self.requests][:-1]})
            case "GET", "responses":
                return refusal(426, "The offline provider speaks no websocket.")
            case _:
                return refusal(404, f"The offline provider has no {asked.method} {asked.path}.")

    def _response(self, asked: Asked) -> Reply:
        body = loads(asked.body)
        if not isinstance(body, dict):
            return refusal(400, "The request is no JSON object.", kind="invalid_request_error")
        self._served += 1
        serial = str(self._served)
        scripted = self._script.reply(self._position(asked), serial) if self._script is not None else None
        return answer(body, serial) if scripted is None else scripted

    def _position(self, asked: Asked) -> int:
        thread = asked.headers.get("thread-id", "")
        position = self._positions.pop(thread, 0)
        self._positions[thread] = position + 1
        if len(self._positions) > _THREADS:
            self._positions.popitem(last=False)
        return position

    def _remember(self, asked: Asked) -> None:
        headers: dict[str, JsonValue] = {
            name: "…" if name in _SECRETS else value for name, value in asked.headers.items()
        }
        body = loads(asked.body) if asked.method == "POST" else None
        self.requests.append({"method": asked.method, "path": asked.path, "headers": headers, "body": body})


async def listen(port: int = 0) -> tuple[MultiListener[SocketStream], str]:
    """Listen on loopback only. The listener, and the base URL to give to a client. Raises OSError."""
    listener = await anyio.create_tcp_listener(local_host="127.0.0.1", local_port=port)
    bound = listener.extra(SocketAttribute.local_port)  # noqa: S610  # not Django's
    return listener, f"http://127.0.0.1:{bound}/v1"


async def serve(listener: MultiListener[SocketStream], reply: Answer) -> None:
    """Answer every connection until cancelled."""

    async def connection(stream: SocketStream) -> None:
        async with stream:
            peer = Peer(stream)
            try:
                while (asked := await peer.request()) is not None:
                    if not await peer.send(await reply(asked)):
                        return
            except PeerError as error:
                _log.debug("a connection to the offline provider ended: %s", error)
            except Exception:  # noqa: BLE001  # one odd request must not end the provider for all
                _log.exception("the offline provider could not answer")

    async with listener:
        await listener.serve(connection)


def _json(value: JsonValue) -> Reply:
    return Reply(headers={"content-type": "application/json"}, body=dumps(value))
