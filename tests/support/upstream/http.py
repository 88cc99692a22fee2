"""HTTP/1.1 as the upstream speaks it: by hand, so that it can say what no library would."""

import json
from collections.abc import Iterable

from support import sse
from support.upstream.asked import Asked
from support.upstream.replies import Close, Cut, Frame, Gate, HalfClose, Part, Reset, Slow, Status, Stream
from support.upstream.wire import Wire

REASONS = {
    101: "Switching Protocols",
    200: "OK",
    400: "Bad Request",
    401: "Unauthorized",
    403: "Forbidden",
    404: "Not Found",
    426: "Upgrade Required",
    429: "Too Many Requests",
    500: "Internal Server Error",
    502: "Bad Gateway",
    503: "Service Unavailable",
}


def read_request(wire: Wire, connection: int) -> Asked | None:
    """The next request; None when the client has closed."""
    reader = wire.reader
    line = reader.readline().decode("latin-1").split()
    if len(line) != 3:
        return None
    headers: dict[str, bytes] = {}
    while (header := reader.readline().strip(b"\r\n")) != b"":
        name, _, value = header.partition(b":")
        key = name.decode("latin-1").lower()
        headers[key] = b", ".join((headers[key], value.strip())) if key in headers else value.strip()
    if headers.get("transfer-encoding") == b"chunked":
        body = b"".join(iter(lambda: _read_chunk(wire), b""))
    else:
        body = reader.read(int(headers.get("content-length", b"0")))
    return Asked(line[0], line[1], headers, body, connection)


def _read_chunk(wire: Wire) -> bytes:
    chunk = wire.reader.read(int(wire.reader.readline(), 16))
    wire.reader.readline()
    return chunk


def write_status(wire: Wire, reply: Status) -> None:
    body = (reply.body if isinstance(reply.body, str) else json.dumps(reply.body)).encode()
    kind = "text/plain" if isinstance(reply.body, str) else "application/json"
    given = {name.lower() for name, _ in reply.headers}
    own = (("content-type", kind), ("content-length", str(len(body))))
    headers = (*(pair for pair in own if pair[0] not in given), *reply.headers)
    wire.send(head(reply.code, headers) + body)


def write_stream(wire: Wire, reply: Stream) -> None:
    """The events, each in a chunk of its own."""
    extra = (("content-type", "text/event-stream"), ("transfer-encoding", "chunked"))
    wire.send(head(200, (*extra, *reply.headers)))
    for part in reply.parts:
        _write_part(wire, part)
    _write_chunk(wire, b"")


def _write_part(wire: Wire, part: Part) -> None:
    match part:
        case Gate() | Cut() | Reset() | HalfClose():
            wire.do(part)
        case Slow(event):
            for byte in sse.encode(event):
                _write_chunk(wire, bytes([byte]))
                wire.pace(part)
        case bytes():
            _write_chunk(wire, part)
        case Frame(data):  # what a websocket sends as a message is the data of an event here
            _write_chunk(wire, b"data: " + data + b"\n\n")
        case Close():
            wire.do(Cut())
        case _:
            _write_chunk(wire, sse.encode(part))


def _write_chunk(wire: Wire, data: bytes) -> None:
    wire.send(b"%x\r\n%b\r\n" % (len(data), data))


def head(code: int, headers: Iterable[tuple[str, str]]) -> bytes:
    lines = [f"HTTP/1.1 {code} {REASONS.get(code, 'Status')}"]
    lines += [f"{name}: {value}" for name, value in headers]
    return ("\r\n".join(lines) + "\r\n\r\n").encode("latin-1")
