"""What an endpoint may answer, and what a stream may be made of."""

import threading
from collections.abc import Iterable
from dataclasses import dataclass

from pydantic import JsonValue

from support import sse
from support.patience import LONG, patience
from support.upstream.asked import JsonObject


class Gate:
    """A place in a stream: the test knows when it was reached, and says when to go on."""

    def __init__(self) -> None:
        self._reached = threading.Event()
        self._opened = threading.Event()

    def open(self) -> None:
        self._opened.set()

    def wait_reached(self) -> None:
        assert self._reached.wait(patience()), "the stream never came to its gate"

    def pass_through(self) -> None:
        self._reached.set()
        self._opened.wait(LONG)


class Cut:
    """A place in a stream where the connection breaks off."""


class Reset:
    """A place in a stream where the connection is reset: the peer sees RST instead of an end."""


class HalfClose:
    """A place in a stream where nothing more is sent, while the connection stays open for reading."""


@dataclass(frozen=True, slots=True)
class Slow:
    """An event that arrives byte by byte, with so many seconds between two of them."""

    event: JsonObject
    pause: float = 0.0


@dataclass(frozen=True, slots=True)
class Frame:
    """On a websocket: a message as it is, text unless told otherwise."""

    data: bytes
    binary: bool = False


@dataclass(frozen=True, slots=True)
class Close:
    """On a websocket: a close frame."""

    code: int = 1000
    reason: str = ""


Part = JsonObject | Gate | Cut | Reset | HalfClose | Slow | Frame | Close | bytes


@dataclass(frozen=True, slots=True)
class Stream:
    """A 200 with these events; `bytes` are sent as they are."""

    parts: tuple[Part, ...]
    headers: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class Status:
    """An answer that is no stream. On a websocket it is the error event of that status."""

    code: int
    body: JsonValue | str = ""
    headers: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class Raw:
    """These bytes and the end of the connection: for answers that HTTP does not allow."""

    data: bytes


@dataclass(frozen=True, slots=True)
class Socket:
    """The upgrade to a websocket. It greets with `greeting`; what comes in is answered by its endpoint."""

    headers: tuple[tuple[str, str], ...] = ()
    greeting: tuple[Part, ...] = ()
    compress: bool = True
    """Whether an offer of compression is taken."""


Reply = Stream | Status | Raw | Socket


def stream(*parts: Part, headers: Iterable[tuple[str, str]] = ()) -> Stream:
    return Stream(parts, tuple(headers))


def text_reply(text: str = "ok", *, deltas: Iterable[str] | None = None) -> Stream:
    """One assistant message and the end of the response."""
    return stream(*sse.message(text, deltas=deltas), sse.completed())


def gated_text(text: str, gate: Gate) -> Stream:
    """The same, streamed up to the message's end, which comes when the gate opens."""
    begun = (sse.created(), sse.message_opened(), sse.delta(text))
    return stream(*begun, gate, sse.message_done(text), sse.completed())
