"""TLS and proxies, by httpx2 (model-client.md §11)."""

import logging
import ssl
from collections.abc import AsyncIterator, Mapping
from typing import Final

import httpx2

from app_server.http.cloudflare import CloudflareCookies
from app_server.http.message import HttpError, HttpRequest, HttpResponse, wire_headers, without_user
from app_server.http.proxies import proxy_of
from app_server.http.tls import tls_context

_CONNECT_SECONDS: Final = 30.0
_IDLE_SECONDS: Final = 60.0
_IDLE_CONNECTIONS: Final = 8


for _name in ("httpx2", "httpcore2"):
    # They write whole URLs and headers into their logs, and those may hold secrets.
    logging.getLogger(_name).setLevel(logging.WARNING)

_FAILURES: Final = (httpx2.HTTPError, httpx2.InvalidURL, ssl.SSLError, ValueError)


class LibraryRoute:
    """Owns a pool for each proxy, and one for no proxy.

    How long an answer may take is the caller's to say, so only connecting has a limit.
    """

    def __init__(self, env: Mapping[str, str]) -> None:
        self._env = env
        self._tls = tls_context(env)
        self._cookies = CloudflareCookies()
        self._clients: dict[str | None, httpx2.AsyncClient] = {}

    def _client(self, url: str) -> httpx2.AsyncClient:
        """The one that goes by the proxy of that URL. Raises HttpError."""
        proxy = proxy_of(url, self._env)
        if proxy not in self._clients:
            try:
                self._clients[proxy] = self._made(proxy)
            except (ImportError, ValueError):
                raise HttpError("a proxy of this kind cannot be used", answered=False) from None
        return self._clients[proxy]

    def _made(self, proxy: str | None) -> httpx2.AsyncClient:
        secure = proxy is not None and proxy.startswith("https://")
        return httpx2.AsyncClient(
            verify=self._tls,
            proxy=None if proxy is None else httpx2.Proxy(proxy, ssl_context=self._tls if secure else None),
            trust_env=False,
            timeout=httpx2.Timeout(None, connect=_CONNECT_SECONDS),
            limits=httpx2.Limits(max_keepalive_connections=_IDLE_CONNECTIONS, keepalive_expiry=_IDLE_SECONDS),
            follow_redirects=False,
        )

    async def send(self, request: HttpRequest) -> HttpResponse:
        """The answer, as soon as its head is there. Raises HttpError.

        As long as it was an idle connection of the pool that failed, another one is tried at once: the peer
        may have closed it without our noticing (promise U1).
        """
        for _ in range(_IDLE_CONNECTIONS):
            connected = _Connected()
            try:
                return await self._exchange(request, connected)
            except (httpx2.ReadError, httpx2.WriteError, httpx2.RemoteProtocolError) as error:
                if connected.now:
                    raise HttpError(str(error), answered=False) from error
            except _FAILURES as error:
                raise HttpError(str(error), answered=False) from error
        raise HttpError("every idle connection had been closed", answered=False)

    async def _exchange(self, request: HttpRequest, connected: "_Connected") -> HttpResponse:
        # Made by hand, so that no header of the library's own is added, and no cookie but these.
        headers = wire_headers(request)
        if (cookie := self._cookies.header(request.url)) is not None:
            headers.append((b"cookie", cookie))
        outgoing = httpx2.Request(
            request.method,
            without_user(request.url),  # else the library makes its own headers of it
            headers=headers,
            content=request.body,
            extensions={"trace": connected.trace},
        )
        response = await self._client(request.url).send(outgoing, stream=True)
        self._cookies.take(request.url, response.headers.get_list("set-cookie"))
        return LibraryResponse(response)

    async def close(self) -> None:
        clients, self._clients = self._clients, {}
        for client in clients.values():
            await client.aclose()


class _Connected:
    """Whether a request made its own connection; told by the library's trace."""

    def __init__(self) -> None:
        self.now = False

    async def trace(self, event: str, _info: object) -> None:
        if event == "connection.connect_tcp.started":
            self.now = True


class LibraryResponse:
    """One answer of the library's."""

    def __init__(self, response: httpx2.Response) -> None:
        self._response = response
        self._chunks: AsyncIterator[bytes] = response.aiter_raw()
        self._headers = {name.lower(): value for name, value in response.headers.items()}

    @property
    def status(self) -> int:
        return self._response.status_code

    @property
    def headers(self) -> Mapping[str, str]:
        return self._headers

    async def read(self) -> bytes:
        try:
            return await anext(self._chunks, b"")
        except (httpx2.HTTPError, httpx2.StreamError, ssl.SSLError) as error:
            raise HttpError(str(error), answered=True) from error

    async def close(self) -> None:
        import anyio  # the response may be closed because its reader is being cancelled

        with anyio.CancelScope(shield=True), anyio.move_on_after(1):
            await self._response.aclose()
