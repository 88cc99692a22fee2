"""What goes wrong with providers, by name: each takes the place of an answer."""

from collections.abc import Mapping
from typing import Final

from support import sse
from support.upstream.http import head
from support.upstream.replies import Cut, Gate, HalfClose, Raw, Reply, Reset, Slow, Status, Stream, stream

BEGUN: Final = (sse.created(), sse.message_opened(), sse.delta("half"))


def html(code: int = 502) -> Status:
    """A page of some proxy's in place of an answer."""
    return Status(code, "<html><body><h1>Bad Gateway</h1></body></html>", (("content-type", "text/html"),))


def wrong_length(body: bytes, announced: int, kind: str = "text/event-stream") -> Raw:
    """An answer that announces another length than it has."""
    headers = (("content-type", kind), ("content-length", str(announced)))
    return Raw(head(200, headers) + body)


def bad_chunks() -> Raw:
    """An answer whose chunks say that they are what they are not."""
    headers = (("content-type", "text/event-stream"), ("transfer-encoding", "chunked"))
    return Raw(head(200, headers) + b"ffff\r\n" + sse.encode(sse.created()) + b"\r\nzz\r\n")


def unauthorized() -> Status:
    return Status(401, {"error": {"message": "the token is not accepted"}})


def too_many(retry_after: str | None = None) -> Status:
    headers = () if retry_after is None else (("retry-after", retry_after),)
    return Status(429, {"error": {"message": "slow down"}}, headers)


BREAKS: Final[Mapping[str, Reply]] = {
    "cut before any event": stream(Cut()),
    "cut in the middle": stream(*BEGUN, Cut()),
    "reset before any event": stream(Reset()),
    "reset in the middle": stream(*BEGUN, Reset()),
    "half-close in the middle": stream(*BEGUN, HalfClose()),
    "end without the end event": stream(*BEGUN),
    "cut in the middle of an event": stream(*BEGUN, sse.encode(sse.delta("more"))[:20], Cut()),
    "junk for events": stream(b"<html>no</html>"),
}
"""Answers that break off; over HTTP and over a websocket."""

SLOW: Final = stream(*(Slow(event) for event in (*sse.message("slow"), sse.completed())))
"""A whole answer, byte by byte."""


def silence(gate: Gate) -> Stream:
    """An answer that begins and then says nothing, until the gate opens."""
    return stream(*BEGUN, gate)
