"""A connection that may need TLS, and may lead through a proxy: for websockets, which are connections whole.

What is said to a proxy is one `CONNECT`, for plain websockets too (model-client.md §11).
"""

import base64
import ssl
from collections.abc import Mapping
from typing import Final
from urllib.parse import unquote, urlsplit

import anyio
import anyio.to_thread
from anyio.abc import ByteStream
from anyio.streams.tls import TLSStream

from app_server.http.exchange import Address, NoPool, address_of, connect, exchange
from app_server.http.message import HttpError, status_line
from app_server.http.proxies import proxy_of

_SECURE: Final = ("https", "wss")
_BROKEN: Final = (OSError, ssl.SSLError, anyio.BrokenResourceError, anyio.EndOfStream)


async def open_stream(url: str, env: Mapping[str, str]) -> tuple[ByteStream, Address]:
    """A connection to the URL's host, ready for the first byte of HTTP. Raises HttpError."""
    address = address_of(url)
    proxy = proxy_of(url, env)  # what is no URL has no address, either
    stream = await (connect(address) if proxy is None else _through(proxy, address, env))
    if urlsplit(url).scheme in _SECURE:
        stream = await _secured(stream, address[0], env)
    return stream, address


async def _through(proxy: str, address: Address, env: Mapping[str, str]) -> ByteStream:
    scheme = urlsplit(proxy).scheme
    if scheme not in ("http", "https"):
        raise HttpError(f"websockets do not go through a proxy of the kind `{scheme}`", answered=False)
    place = address_of(proxy)
    try:
        question = _asking_for(address, proxy)
    except UnicodeError:
        raise HttpError("the URL has no host that could be named to a proxy", answered=False) from None
    stream = await connect(place)
    if scheme == "https":
        stream = await _secured(stream, place[0], env)
    response = await exchange(stream, place, question, NoPool())
    if not 200 <= response.status < 300:
        await response.close()
        raise HttpError(f"the proxy answered {status_line(response.status)}", answered=False)
    tunnel, _ = response.take_over()  # nobody speaks before we do
    return tunnel


def _asking_for(address: Address, proxy: str) -> bytes:
    host, port = address
    host = host if host.isascii() else host.encode("idna").decode("ascii")
    place = f"[{host}]:{port}" if ":" in host else f"{host}:{port}"
    lines = [f"CONNECT {place} HTTP/1.1", f"Host: {place}"]
    parts = urlsplit(proxy)
    if parts.username is not None:
        secret = f"{unquote(parts.username)}:{unquote(parts.password or '')}".encode()
        lines.append(f"Proxy-Authorization: Basic {base64.b64encode(secret).decode()}")
    return "\r\n".join([*lines, "", ""]).encode("ascii")


async def _secured(stream: ByteStream, host: str, env: Mapping[str, str]) -> ByteStream:
    """TLS over the connection, which is closed when that cannot be had."""
    try:
        context = await anyio.to_thread.run_sync(_context, env)
        return await TLSStream.wrap(stream, hostname=host, ssl_context=context, standard_compatible=False)
    except _BROKEN as error:
        await anyio.aclose_forcefully(stream)
        raise HttpError(str(error) or "the connection ended within TLS", answered=False) from error
    except BaseException:
        await anyio.aclose_forcefully(stream)
        raise


def _context(env: Mapping[str, str]) -> ssl.SSLContext:
    from app_server.http.tls import tls_context  # reads certificates, so off the event loop

    return tls_context(env)
