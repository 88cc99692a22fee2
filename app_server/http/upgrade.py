"""Asking for a websocket, on a connection of its own (model-client.md §5.1)."""

from collections.abc import Mapping
from typing import Final

from app_server.http.exchange import DirectResponse, NoPool, exchange, serialized
from app_server.http.message import HttpRequest
from app_server.http.tunnel import open_stream

_NAMES: Final = {
    b"host": b"Host",
    b"connection": b"Connection",
    b"upgrade": b"Upgrade",
    b"sec-websocket-version": b"Sec-WebSocket-Version",
    b"sec-websocket-key": b"Sec-WebSocket-Key",
    b"sec-websocket-extensions": b"Sec-WebSocket-Extensions",
}
"""Headers that some servers know only as they are usually written."""


async def open_upgrade(request: HttpRequest, env: Mapping[str, str]) -> DirectResponse:
    """The head of the answer. Raises HttpError."""
    stream, address = await open_stream(request.url, env)
    return await exchange(stream, address, serialized(request, _NAMES), NoPool())
