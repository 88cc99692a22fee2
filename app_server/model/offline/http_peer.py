"""The server's side of one HTTP/1.1 connection: requests in, replies out; httptools does the parsing."""

from collections.abc import AsyncGenerator, Mapping
from contextlib import aclosing
from typing import Final, NamedTuple, Protocol, cast
from urllib.parse import urlsplit

import anyio
import httptools
from anyio.abc import SocketStream

from app_server.model.lenient_json import dumps
from app_server.model.offline.reply import Break, Event, Part, Pause, Raw, Reply

_READ_BYTES: Final = 65536
_MAX_BODY_BYTES: Final = 64 * 1024 * 1024
_BROKEN: Final = (anyio.BrokenResourceError, anyio.ClosedResourceError, OSError)


class PeerError(Exception):
    """The other side broke off, or does not speak HTTP."""


class Asked(NamedTuple):
    """One request. Header names are lower case."""

    method: str
    path: str
    headers: Mapping[str, str]
    body: bytes


class _Parser(Protocol):
    """The parts of httptools' parser that we use; the package has no such types of its own."""

    def feed_data(self, data: bytes) -> None: ...
    def get_method(self) -> bytes: ...


class Peer:
    """Owns the reading side of a connection. Methods named `on_…` are called by the parser."""

    def __init__(self, stream: SocketStream) -> None:
        self._stream = stream
        self._parser = cast("_Parser", httptools.HttpRequestParser(self))
        self._url = b""
        self._headers: dict[str, str] = {}
        self._body = bytearray()
        self._asked: list[Asked] = []

    async def request(self) -> Asked | None:
        """The next request, or None when the client has closed. Raises PeerError."""
        while not self._asked:
            try:
                self._parser.feed_data(await self._stream.receive(_READ_BYTES))
            except anyio.EndOfStream:
                return None
            except httptools.HttpParserUpgrade:
                continue  # the request is complete, and is answered as any other
            except (httptools.HttpParserError, *_BROKEN) as error:
                raise PeerError(str(error)) from error
            if len(self._body) > _MAX_BODY_BYTES:
                raise PeerError("the request is too large")
        return self._asked.pop(0)

    async def send(self, reply: Reply) -> bool:
        """Send a reply. Whether the connection can go on. Raises PeerError."""
        if reply.delay:
            await anyio.sleep(reply.delay)
        try:
            if reply.body is not None:
                await self._stream.send(_head(reply, f"content-length: {len(reply.body)}") + reply.body)
                return True
            if reply.live is not None:
                return await self._send_live(reply, reply.live)
            return await self._send_parts(reply)
        except _BROKEN as error:
            raise PeerError(str(error)) from error

    async def _send_parts(self, reply: Reply) -> bool:
        """All that need not wait for something goes out in one piece."""
        ready = bytearray(_head(reply, "transfer-encoding: chunked"))
        for part in reply.parts:
            if data := _bytes_of(part):
                ready += b"%x\r\n%b\r\n" % (len(data), data)
                continue
            if ready:
                await self._stream.send(bytes(ready))
                ready.clear()
            match part:
                case Pause(seconds):
                    await anyio.sleep(seconds)
                case Break("cut"):
                    return False
                case _:
                    await self._wait_for_end()
                    return False
        await self._stream.send(bytes(ready) + b"0\r\n\r\n")
        return True

    async def _send_live(self, reply: Reply, live: AsyncGenerator[bytes]) -> bool:
        async with aclosing(live):
            await self._stream.send(_head(reply, "transfer-encoding: chunked"))
            async for data in live:
                await self._stream.send(b"%x\r\n%b\r\n" % (len(data), data))
            await self._stream.send(b"0\r\n\r\n")
        return True

    async def _wait_for_end(self) -> None:
        try:
            while True:
                await self._stream.receive(_READ_BYTES)
        except anyio.EndOfStream:
            return

    def on_url(self, url: bytes) -> None:
        self._url += url

    def on_header(self, name: bytes, value: bytes) -> None:
        self._headers[name.decode("latin-1").lower()] = value.decode("utf-8", "replace")

    def on_body(self, data: bytes) -> None:
        self._body += data

    def on_message_complete(self) -> None:
        method = self._parser.get_method().decode("latin-1")
        path = urlsplit(self._url.decode("latin-1")).path
        self._asked.append(Asked(method, path, self._headers, bytes(self._body)))
        self._url, self._headers, self._body = b"", {}, bytearray()


def _bytes_of(part: Part) -> bytes:
    match part:
        case Event(data):
            return b"event: %b\ndata: %b\n\n" % (str(data.get("type")).encode(), dumps(data))
        case Raw(data):
            return data
        case _:
            return b""


def _head(reply: Reply, framing: str) -> bytes:
    lines = [f"HTTP/1.1 {reply.status} {'OK' if reply.status < 300 else 'Refused'}", framing]
    if reply.body is None and "content-type" not in reply.headers:
        lines.append("content-type: text/event-stream")
    lines += [f"{name}: {value}" for name, value in reply.headers.items()]
    # A script is its author's: what would break the head of the answer is left out, not repaired.
    clean = (line for line in lines if "\r" not in line and "\n" not in line)
    return "\r\n".join(clean).encode() + b"\r\n\r\n"
