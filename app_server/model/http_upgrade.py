"""Asking for a websocket: a connection of its own, plain or over TLS (model-client.md §5.1)."""

import ssl
from collections.abc import Mapping
from typing import Final
from urllib.parse import urlsplit

import anyio
import anyio.to_thread
from anyio.abc import ByteStream

from app_server.model.http import HttpError, HttpRequest, escaped, is_loopback, uses_proxies
from app_server.model.http_direct import Address, DirectResponse

_PORTS: Final = {"http": 80, "https": 443, "ws": 80, "wss": 443}
_BROKEN: Final = (anyio.BrokenResourceError, anyio.ClosedResourceError, OSError)
_UPGRADE_NAMES: Final = {
    "connection": "Connection",
    "upgrade": "Upgrade",
    "sec-websocket-version": "Sec-WebSocket-Version",
    "sec-websocket-key": "Sec-WebSocket-Key",
    "sec-websocket-extensions": "Sec-WebSocket-Extensions",
}


async def open_upgrade(request: HttpRequest, env: Mapping[str, str]) -> DirectResponse:
    """The head of the answer. Raises HttpError."""
    stream, address = await _connect(request.url, env)
    response = DirectResponse(_NoPool(), stream, address)
    try:
        await stream.send(_serialized(request))
        await response.read_head()
    except _BROKEN as error:
        await response.close()
        raise HttpError(str(error), answered=False) from error
    except BaseException:
        await response.close()
        raise
    return response


class _NoPool:
    """A connection that did not become a websocket is of no further use."""

    async def give_back(self, address: Address, stream: ByteStream) -> None:  # noqa: ARG002 - a pool's
        await anyio.aclose_forcefully(stream)


def reachable(url: str, env: Mapping[str, str]) -> bool:
    """Whether a websocket can be had there: not through a proxy, so far."""
    parts = urlsplit(url)
    return is_loopback(parts) or not uses_proxies(env)


async def _connect(url: str, env: Mapping[str, str]) -> tuple[ByteStream, Address]:
    try:
        parts = urlsplit(url)
        host, port = parts.hostname, parts.port
    except ValueError as error:
        raise HttpError(str(error), answered=False) from None
    if not host:
        raise HttpError("the URL has no host", answered=False)
    address = host, _PORTS.get(parts.scheme, 80) if port is None else port
    try:
        if parts.scheme not in {"https", "wss"}:
            return await anyio.connect_tcp(*address), address
        context = await anyio.to_thread.run_sync(_context, env)
        return await anyio.connect_tcp(*address, ssl_context=context, tls_standard_compatible=False), address
    except (OSError, anyio.BrokenResourceError, anyio.EndOfStream) as error:
        raise HttpError(str(error), answered=False) from error


def _context(env: Mapping[str, str]) -> ssl.SSLContext:
    import httpx2  # its trust store is ours; reads certificates, so off the event loop

    from app_server.model.http_library import tls_context

    context = tls_context(env)
    return httpx2.create_ssl_context() if isinstance(context, bool) else context


def _serialized(request: HttpRequest) -> bytes:
    parts = urlsplit(request.url)
    target = (parts.path or "/") + (f"?{parts.query}" if parts.query else "")
    lines = [
        b"GET " + escaped(target) + b" HTTP/1.1",
        b"Host: " + escaped(parts.netloc.rpartition("@")[2]),
        *(
            _UPGRADE_NAMES.get(name, name).encode("ascii") + b": " + value
            for name, value in request.headers.items()
        ),
    ]
    return b"\r\n".join(lines) + b"\r\n\r\n"
