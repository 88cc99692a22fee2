"""A Responses API on loopback that does what a test has scripted, and remembers what it was asked.

Each `POST …/responses` takes the next reply of the script, or says "ok" when the script is at its end. A
reply may hold a `Gate`: the stream waits there until the test opens it, so nothing depends on time.
"""

import json
import socket
import socketserver
import threading
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Self

from pydantic import JsonValue

from support import sse

JsonObject = dict[str, JsonValue]
DEADLINE = 15.0


class Gate:
    """A place in a stream: the test knows when it was reached, and says when to go on."""

    def __init__(self) -> None:
        self._reached = threading.Event()
        self._opened = threading.Event()

    def open(self) -> None:
        self._opened.set()

    def wait_reached(self) -> None:
        assert self._reached.wait(DEADLINE), "the stream never came to its gate"

    def pass_through(self) -> None:
        self._reached.set()
        self._opened.wait(DEADLINE)


class Cut:
    """A place in a stream where the connection breaks off."""


Part = JsonObject | Gate | Cut | bytes


@dataclass(frozen=True, slots=True)
class Stream:
    """A 200 with these events; `bytes` are sent as they are."""

    parts: tuple[Part, ...]
    headers: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class Status:
    """An answer that is no stream."""

    code: int
    body: JsonValue | str = ""
    headers: tuple[tuple[str, str], ...] = ()


Reply = Stream | Status


def stream(*parts: Part, headers: Iterable[tuple[str, str]] = ()) -> Stream:
    return Stream(parts, tuple(headers))


def text_reply(text: str = "ok", *, deltas: Iterable[str] | None = None) -> Stream:
    """One assistant message and the end of the response."""
    return stream(*sse.message(text, deltas=deltas), sse.completed())


@dataclass(frozen=True, slots=True)
class Asked:
    """A request as it came in. Header names are lower case, values the exact bytes."""

    method: str
    path: str
    headers: dict[str, bytes]
    body: bytes

    @property
    def json(self) -> JsonObject:
        return json.loads(self.body)

    @property
    def input_texts(self) -> list[str]:
        """The texts of the user's messages in the prompt, in order, without what the server put there."""
        found: list[str] = []
        items = self.json["input"]
        assert isinstance(items, list)
        for item in items:
            if isinstance(item, dict) and item.get("role") == "user":
                parts = item["content"]
                assert isinstance(parts, list)
                found += [str(part["text"]) for part in parts if isinstance(part, dict) and "text" in part]
        return [text for text in found if not text.lstrip().startswith(("<", "# AGENTS"))]


@dataclass(slots=True)
class _Script:
    replies: list[Reply] = field(default_factory=list["Reply"])
    asked: list[Asked] = field(default_factory=list["Asked"])
    changed: threading.Condition = field(default_factory=threading.Condition)

    def next_reply(self, asked: Asked) -> Reply:
        with self.changed:
            self.asked.append(asked)
            self.changed.notify_all()
            if asked.method == "POST" and asked.path.split("?")[0].endswith("/responses"):
                return self.replies.pop(0) if self.replies else text_reply()
        if asked.path.split("?")[0].endswith("/models"):
            return Status(200, {"models": []})
        if b"upgrade" in asked.headers.get("connection", b"").lower():
            return Status(426)
        return Status(404, {"error": {"message": "not here"}})


class Upstream:
    """The server; use it in a `with`."""

    def __init__(self) -> None:
        self._script = _Script()
        handler = type("BoundHandler", (_Handler,), {"script": self._script})
        self._server = _Server(("127.0.0.1", 0), handler)
        self._thread = threading.Thread(target=self._server.serve_forever, args=(0.05,), daemon=True)

    def __enter__(self) -> Self:
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._server.shutdown()
        self._server.end_connections()
        self._server.server_close()
        self._thread.join(DEADLINE)

    @property
    def port(self) -> int:
        return self._server.server_address[1]

    @property
    def base_url(self) -> str:
        return f"http://127.0.0.1:{self.port}/v1"

    def script(self, *replies: Reply) -> None:
        """Add replies for the requests to come."""
        with self._script.changed:
            self._script.replies.extend(replies)

    @property
    def asked(self) -> list[Asked]:
        """The requests for a response so far, in order of arrival."""
        with self._script.changed:
            return [one for one in self._script.asked if one.path.split("?")[0].endswith("/responses")]

    def wait_asked(self, count: int) -> list[Asked]:
        """Wait until there were so many requests for a response."""
        with self._script.changed:
            assert self._script.changed.wait_for(lambda: len(self.asked) >= count, DEADLINE), (
                f"{len(self.asked)} of {count} requests came"
            )
        return self.asked


class _Server(socketserver.ThreadingTCPServer):
    daemon_threads = True
    allow_reuse_address = True

    def __init__(self, address: tuple[str, int], handler: type[socketserver.BaseRequestHandler]) -> None:
        self._open: set[socket.socket] = set()
        super().__init__(address, handler)

    def get_request(self) -> tuple[socket.socket, tuple[str, int]]:
        connection, address = super().get_request()
        self._open.add(connection)
        return connection, address

    def end_connections(self) -> None:
        for connection in self._open:
            connection.close()

    def handle_error(self, request: object, client_address: object) -> None:
        """A client that goes away in the middle is nothing to report."""


class _Handler(socketserver.StreamRequestHandler):
    script: _Script
    timeout = DEADLINE * 2

    def handle(self) -> None:
        while asked := self._read():
            reply = self.script.next_reply(asked)
            if isinstance(reply, Status):
                self._write_status(reply)
            elif not self._write_stream(reply):
                return

    def _read(self) -> Asked | None:
        line = self.rfile.readline().decode("latin-1").split()
        if len(line) != 3:
            return None
        headers: dict[str, bytes] = {}
        while (header := self.rfile.readline().strip(b"\r\n")) != b"":
            name, _, value = header.partition(b":")
            headers[name.decode("latin-1").lower()] = value.strip()
        if headers.get("transfer-encoding") == b"chunked":
            body = b"".join(iter(self._read_chunk, b""))
        else:
            body = self.rfile.read(int(headers.get("content-length", b"0")))
        return Asked(line[0], line[1], headers, body)

    def _read_chunk(self) -> bytes:
        chunk = self.rfile.read(int(self.rfile.readline(), 16))
        self.rfile.readline()
        return chunk

    def _write_status(self, reply: Status) -> None:
        body = (reply.body if isinstance(reply.body, str) else json.dumps(reply.body)).encode()
        kind = "text/plain" if isinstance(reply.body, str) else "application/json"
        self._head(reply.code, (("content-type", kind), ("content-length", str(len(body))), *reply.headers))
        self.wfile.write(body)

    def _write_stream(self, reply: Stream) -> bool:
        """False when the connection was cut."""
        extra = (("content-type", "text/event-stream"), ("transfer-encoding", "chunked"))
        self._head(200, (*extra, *reply.headers))
        for part in reply.parts:
            match part:
                case Gate():
                    part.pass_through()
                case Cut():
                    self.connection.shutdown(socket.SHUT_RDWR)
                    return False
                case bytes():
                    self._write_chunk(part)
                case _:
                    self._write_chunk(sse.encode(part))
        self._write_chunk(b"")
        return True

    def _write_chunk(self, data: bytes) -> None:
        self.wfile.write(b"%x\r\n%b\r\n" % (len(data), data))

    def _head(self, code: int, headers: Iterable[tuple[str, str]]) -> None:
        lines = [f"HTTP/1.1 {code} {_REASONS.get(code, 'Status')}"]
        lines += [f"{name}: {value}" for name, value in headers]
        self.wfile.write(("\r\n".join(lines) + "\r\n\r\n").encode("latin-1"))


_REASONS = {200: "OK", 400: "Bad Request", 401: "Unauthorized", 404: "Not Found", 429: "Too Many Requests"}
