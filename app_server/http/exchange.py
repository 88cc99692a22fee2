"""One request and its answer on a connection of our own: HTTP/1.1, by hand; httptools does the parsing."""

from collections.abc import Mapping
from types import MappingProxyType
from typing import Final, Protocol, cast
from urllib.parse import urlsplit

import anyio
import httptools
from anyio.abc import ByteStream

from app_server.http.message import READ_BYTES, HttpError, HttpRequest, escaped, wire_headers

_CONNECT_SECONDS: Final = 30.0
_BROKEN: Final = (anyio.BrokenResourceError, anyio.ClosedResourceError, OSError)
_PORTS: Final = {"http": 80, "https": 443, "ws": 80, "wss": 443}

Address = tuple[str, int]


def address_of(url: str) -> Address:
    """Host and port. Raises HttpError."""
    try:
        parts = urlsplit(url)
        host, port = parts.hostname, parts.port
    except ValueError as error:
        raise HttpError(str(error), answered=False) from None
    if not host:
        raise HttpError("the URL has no host", answered=False)
    return host, _PORTS.get(parts.scheme, 80) if port is None else port


async def connect(address: Address) -> ByteStream:
    """A new connection. Raises HttpError."""
    try:
        with anyio.fail_after(_CONNECT_SECONDS):
            return await anyio.connect_tcp(*address)
    except (OSError, TimeoutError) as error:
        raise HttpError(str(error), answered=False) from error


def serialized(request: HttpRequest, names: Mapping[bytes, bytes] = MappingProxyType({})) -> bytes:
    """The request as it goes over the connection; `names` says how single headers are written."""
    parts = urlsplit(request.url)
    target = (parts.path or "/") + (f"?{parts.query}" if parts.query else "")
    lines = [request.method.encode("ascii") + b" " + escaped(target) + b" HTTP/1.1"]
    lines += [names.get(name, name) + b": " + value for name, value in wire_headers(request)]
    return b"\r\n".join(lines) + b"\r\n\r\n" + request.body


async def exchange(stream: ByteStream, address: Address, data: bytes, pool: "Pool") -> "DirectResponse":
    """Send the request, and have the head of its answer. Raises HttpError; the connection is closed then."""
    response = DirectResponse(pool, stream, address)
    try:
        await stream.send(data)
        await response.read_head()
    except _BROKEN as error:
        await response.close()
        raise HttpError(str(error), answered=False) from error
    except BaseException:
        await response.close()
        raise
    return response


class _Parser(Protocol):
    """The parts of httptools' parser that we use; the package has no such types of its own."""

    def feed_data(self, data: bytes) -> None: ...
    def get_status_code(self) -> int: ...
    def should_keep_alive(self) -> bool: ...


class Pool(Protocol):
    """Takes back the connections of answers that were read to their end."""

    async def give_back(self, address: Address, stream: ByteStream) -> None: ...


class NoPool:
    """For a connection that is of use to one only."""

    async def give_back(self, address: Address, stream: ByteStream) -> None:  # noqa: ARG002 - a pool's
        await anyio.aclose_forcefully(stream)


class DirectResponse:
    """One answer, read off its connection. Methods named `on_…` are called by the parser."""

    def __init__(self, route: Pool, stream: ByteStream, address: Address) -> None:
        self._route = route
        self._stream: ByteStream | None = stream
        self._address = address
        self._parser = cast("_Parser", httptools.HttpResponseParser(self))
        self._headers: dict[str, str] = {}
        self._body: list[bytes] = []
        self._has_head = False
        self._complete = False
        self._keep_alive = False
        self.status = 0
        self._after_head = b""

    @property
    def headers(self) -> Mapping[str, str]:
        return self._headers

    async def read_head(self) -> None:
        while not self._has_head:
            await self._receive()

    async def read(self) -> bytes:
        while not self._body:
            if self._complete:
                await self._let_go(keep=self._keep_alive)
                return b""
            try:
                await self._receive()
            except _BROKEN as error:
                await self.close()
                raise HttpError(str(error), answered=True) from error
            except BaseException:
                await self.close()
                raise
        data = self._body[0] if len(self._body) == 1 else b"".join(self._body)
        self._body.clear()
        return data

    async def close(self) -> None:
        await self._let_go(keep=False)

    def take_over(self) -> tuple[ByteStream, bytes]:
        """After a 101: the connection, which speaks another protocol now, and what came of that already."""
        stream, self._stream = self._stream, None
        if stream is None:
            raise HttpError("the answer was closed", answered=True)
        return stream, self._after_head

    def on_header(self, name: bytes, value: bytes) -> None:
        key, text = name.decode("latin-1").lower(), value.decode("utf-8", "replace")
        known = self._headers.get(key)
        self._headers[key] = text if known is None else f"{known}, {text}"

    def on_headers_complete(self) -> None:
        self.status = self._parser.get_status_code()
        if self.status < 200 and self.status != 101:  # an interim answer: the real one follows
            self._headers.clear()
        else:
            self._has_head = True

    def on_body(self, data: bytes) -> None:
        self._body.append(data)

    def on_message_complete(self) -> None:
        self._complete = self._has_head
        self._keep_alive = self._parser.should_keep_alive()  # the parser knows it only here

    async def _receive(self) -> None:
        if self._stream is None:
            raise HttpError("the answer was closed", answered=self._has_head)
        try:
            data = await self._stream.receive(READ_BYTES)
        except anyio.EndOfStream:
            self._end()
            return
        try:
            self._parser.feed_data(data)
        except httptools.HttpParserUpgrade as upgrade:
            if self.status != 101:
                raise HttpError("an upgrade that nobody asked for", answered=self._has_head) from None
            self._after_head = data[upgrade.args[0] :]
        except httptools.HttpParserError as error:
            raise HttpError(f"not HTTP: {error}", answered=self._has_head) from None

    def _end(self) -> None:
        """The peer closed: the end of the answer only if nothing else was to mark it."""
        framed = "content-length" in self._headers or "transfer-encoding" in self._headers
        if not self._has_head or framed:
            raise HttpError("the connection was closed in the middle of an answer", answered=self._has_head)
        self._complete = True

    async def _let_go(self, *, keep: bool) -> None:
        stream, self._stream = self._stream, None
        if stream is None:
            return
        if keep:
            await self._route.give_back(self._address, stream)
        else:
            await anyio.aclose_forcefully(stream)
