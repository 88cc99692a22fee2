"""Plain HTTP/1.1 without a proxy, on anyio's sockets; httptools does the parsing."""

from collections.abc import Mapping
from typing import Final, Protocol, cast
from urllib.parse import urlsplit

import anyio
import httptools
from anyio.abc import ByteStream

from app_server.model.http import READ_BYTES, HttpError, HttpRequest, HttpResponse, escaped, wire_headers

_IDLE_SECONDS: Final = 60.0
_IDLE_CONNECTIONS: Final = 8
_CONNECT_SECONDS: Final = 30.0
_BROKEN: Final = (anyio.BrokenResourceError, anyio.ClosedResourceError, OSError)

Address = tuple[str, int]


class _Parser(Protocol):
    """The parts of httptools' parser that we use; the package has no such types of its own."""

    def feed_data(self, data: bytes) -> None: ...
    def get_status_code(self) -> int: ...
    def should_keep_alive(self) -> bool: ...


class Pool(Protocol):
    """Takes back the connections of answers that were read to their end."""

    async def give_back(self, address: Address, stream: ByteStream) -> None: ...


class DirectRoute:
    """Owns the idle connections, the latest used last."""

    def __init__(self) -> None:
        self._idle: list[tuple[Address, ByteStream, float]] = []

    async def send(self, request: HttpRequest) -> HttpResponse:
        """The answer, as soon as its head is there. Raises HttpError.

        A connection that was idle may have been closed by the peer without our noticing. When it fails before
        a byte of an answer came, the request goes once more, at once, over a fresh one (promise U1).
        """
        address, data = _address(request.url), _serialized(request)
        reused = await self._take(address)
        if reused is not None:
            try:
                return await self._exchange(reused, address, data)
            except HttpError as error:
                if error.answered:
                    raise
        return await self._exchange(await _connect(address), address, data)

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

    async def _exchange(self, stream: ByteStream, address: Address, data: bytes) -> HttpResponse:
        response = DirectResponse(self, stream, address)
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


async def _connect(address: Address) -> ByteStream:
    try:
        with anyio.fail_after(_CONNECT_SECONDS):
            return await anyio.connect_tcp(*address)
    except (OSError, TimeoutError) as error:
        raise HttpError(str(error), answered=False) from error


def _address(url: str) -> Address:
    try:
        parts = urlsplit(url)
        host, port = parts.hostname, parts.port
    except ValueError as error:
        raise HttpError(str(error), answered=False) from None
    if not host:
        raise HttpError("the URL has no host", answered=False)
    return host, 80 if port is None else port


def _serialized(request: HttpRequest) -> bytes:
    parts = urlsplit(request.url)
    target = (parts.path or "/") + (f"?{parts.query}" if parts.query else "")
    lines = [request.method.encode("ascii") + b" " + escaped(target) + b" HTTP/1.1"]
    lines += [name + b": " + value for name, value in wire_headers(request)]
    return b"\r\n".join(lines) + b"\r\n\r\n" + request.body
