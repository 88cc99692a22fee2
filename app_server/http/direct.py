"""Plain HTTP/1.1 without a proxy, on anyio's sockets: the connections that are kept for the next request."""

from typing import Final

import anyio
from anyio.abc import ByteStream

from app_server.http.exchange import Address, address_of, connect, exchange, serialized
from app_server.http.message import HttpError, HttpRequest, HttpResponse

_IDLE_SECONDS: Final = 60.0
_IDLE_CONNECTIONS: Final = 8


class DirectRoute:
    """Owns the idle connections, the latest used last."""

    def __init__(self) -> None:
        self._idle: list[tuple[Address, ByteStream, float]] = []

    async def send(self, request: HttpRequest) -> HttpResponse:
        """The answer, as soon as its head is there. Raises HttpError.

        A connection that was idle may have been closed by the peer without our noticing. When it fails before
        a byte of an answer came, the request goes once more, at once, over a fresh one (promise U1).
        """
        address, data = address_of(request.url), serialized(request)
        reused = await self._take(address)
        if reused is not None:
            try:
                return await exchange(reused, address, data, self)
            except HttpError as error:
                if error.answered:
                    raise
        return await exchange(await connect(address), address, data, self)

    async def close(self) -> None:
        idle, self._idle = self._idle, []
        for _, stream, _ in idle:
            await anyio.aclose_forcefully(stream)

    async def give_back(self, address: Address, stream: ByteStream) -> None:
        """Keep a connection whose answer was read to its end."""
        self._idle.append((address, stream, anyio.current_time()))
        if len(self._idle) > _IDLE_CONNECTIONS:
            await anyio.aclose_forcefully(self._idle.pop(0)[1])

    async def _take(self, address: Address) -> ByteStream | None:
        oldest = anyio.current_time() - _IDLE_SECONDS
        stale = [entry for entry in self._idle if entry[2] < oldest]
        self._idle = [entry for entry in self._idle if entry[2] >= oldest]
        for _, stream, _ in stale:
            await anyio.aclose_forcefully(stream)
        for entry in reversed(self._idle):
            if entry[0] == address:
                self._idle.remove(entry)
                return entry[1]
        return None
