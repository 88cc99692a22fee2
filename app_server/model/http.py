"""HTTP to a provider: what a request and an answer are, and which way a request goes.

There are two ways. Plain `http` without a proxy — the offline provider, model servers on this machine, a
gateway on the local network — is done by a small client of our own, because the HTTP library costs a start-up
80 ms and 9 MB that the first turn would wait for. TLS and proxies are the library's.
"""

from collections.abc import Mapping
from typing import TYPE_CHECKING, Final, NamedTuple, Protocol
from urllib.parse import urlsplit

import anyio
import anyio.to_thread

if TYPE_CHECKING:
    from app_server.model.http_exchange import DirectResponse

READ_BYTES: Final = 65536


class HttpError(Exception):
    """An exchange failed below HTTP. `answered` tells whether the head of an answer had come."""

    def __init__(self, detail: str, *, answered: bool) -> None:
        super().__init__(detail)
        self.answered = answered


class HttpRequest(NamedTuple):
    """Header names are lower case; `host` and `content-length` are added on the way. Never shown in full."""

    method: str
    url: str
    headers: Mapping[str, bytes]
    body: bytes = b""

    def __repr__(self) -> str:
        return f"HttpRequest({self.method} {shown_url(self.url)})"


def wire_headers(request: HttpRequest) -> list[tuple[bytes, bytes]]:
    """All headers of a request, with the two that HTTP/1.1 itself wants."""
    host = urlsplit(request.url).netloc.rpartition("@")[2]
    headers = [
        (b"host", escaped(host)),
        *((name.encode("ascii"), value) for name, value in request.headers.items()),
    ]
    if request.body or request.method != "GET":
        headers.append((b"content-length", b"%d" % len(request.body)))
    return headers


def escaped(text: str) -> bytes:
    """A part of a URL with all escaped that a request line cannot hold; URLs come from configuration."""
    data = text.encode("utf-8", "surrogateescape")
    return "".join(chr(byte) if 0x21 <= byte <= 0x7E else f"%{byte:02X}" for byte in data).encode("ascii")


class HttpResponse(Protocol):
    """An answer whose body is still to be read."""

    @property
    def status(self) -> int: ...

    @property
    def headers(self) -> Mapping[str, str]:
        """Names in lower case; the values of a repeated header are joined by commas."""
        ...

    async def read(self) -> bytes:
        """The next bytes of the body, `b""` at its end. Raises HttpError when the connection breaks first."""
        ...

    async def close(self) -> None:
        """Let go of the connection; it is used again only if the body was read to its end. Never raises."""
        ...


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
        from app_server.model.http_upgrade import open_upgrade  # few providers have one

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
                from app_server.model.http_direct import DirectRoute  # not needed to start up

                self._direct = DirectRoute()
            return self._direct
        async with self._loading:
            if self._library is None:
                # A tenth of a second of importing and reading certificates: not on the event loop.
                self._library = await anyio.to_thread.run_sync(_load_library, self._env)
        return self._library


def _load_library(env: Mapping[str, str]) -> HttpRoute:
    from app_server.model.http_library import LibraryRoute  # heavy: see above

    return LibraryRoute(env)


def goes_direct(url: str, env: Mapping[str, str]) -> bool:
    """Whether a URL needs neither TLS nor a proxy. Raises ValueError for what is no URL."""
    return urlsplit(url).scheme == "http" and proxy_of(url, env) is None


def proxy_of(url: str, env: Mapping[str, str]) -> str | None:
    """The proxy on the way to a URL, if there is one. Raises ValueError for what is no URL.

    The macOS sandbox can reach none (model-client.md §11).
    """
    named = any(env.get(name) or env.get(name.upper()) for name in ("http_proxy", "https_proxy", "all_proxy"))
    if not named or env.get("CODEX_SANDBOX") == "seatbelt":
        return None
    from app_server.model.proxies import proxy_for  # few machines have one

    return proxy_for(url, env)


def shown_url(url: str) -> str:
    """The URL as errors may show it: without user, password and query, which may be secrets."""
    try:
        parts = urlsplit(url)
    except ValueError:
        return "<not a URL>"
    return parts._replace(netloc=parts.netloc.rpartition("@")[2], query="", fragment="").geturl()
