"""The process's HTTP client, and which way each request goes.

There are two ways. Plain `http` without a proxy — the offline provider, model servers on this machine, a
gateway on the local network — is done by a small client of our own, because the HTTP library costs a start-up
80 ms and 9 MB that the first turn would wait for. TLS and proxies are the library's.
"""

from collections.abc import Mapping
from typing import TYPE_CHECKING, Protocol

import anyio
import anyio.to_thread

from app_server.http.message import HttpError, HttpRequest, HttpResponse
from app_server.http.proxies import goes_direct

if TYPE_CHECKING:
    from app_server.http.exchange import DirectResponse


class HttpRoute(Protocol):
    """One way to send requests; owns its connections."""

    async def send(self, request: HttpRequest) -> HttpResponse:
        """The answer, as soon as its head is there. Raises HttpError."""
        ...

    async def close(self) -> None: ...


class HttpClient:
    """The process's one HTTP client. Routes are made when the first request needs them."""

    def __init__(self, env: Mapping[str, str]) -> None:
        self._env = env
        self._direct: HttpRoute | None = None
        self._library: HttpRoute | None = None
        self._loading = anyio.Lock()

    async def send(self, request: HttpRequest) -> HttpResponse:
        """The answer, as soon as its head is there. Raises HttpError."""
        return await (await self._route(request.url)).send(request)

    async def upgrade(self, request: HttpRequest) -> "DirectResponse":
        """The answer to a request for a websocket; a 101 gives the connection away. Raises HttpError."""
        from app_server.http.upgrade import open_upgrade  # few providers have one

        return await open_upgrade(request, self._env)

    async def prepare(self, url: str) -> None:
        """Load what a request to this address will need, ahead of the first one. Raises HttpError."""
        await self._route(url)

    async def close(self) -> None:
        """Close all connections, idle or not."""
        for route in (self._direct, self._library):
            if route is not None:
                await route.close()
        self._direct = self._library = None

    async def _route(self, url: str) -> HttpRoute:
        try:
            direct = goes_direct(url, self._env)
        except ValueError as error:
            raise HttpError(f"not a URL: {error}", answered=False) from None
        if direct:
            if self._direct is None:
                from app_server.http.direct import DirectRoute  # not needed to start up

                self._direct = DirectRoute()
            return self._direct
        async with self._loading:
            if self._library is None:
                # A tenth of a second of importing and reading certificates: not on the event loop.
                self._library = await anyio.to_thread.run_sync(_load_library, self._env)
        return self._library


def _load_library(env: Mapping[str, str]) -> HttpRoute:
    from app_server.http.library import LibraryRoute  # heavy: see above

    return LibraryRoute(env)
