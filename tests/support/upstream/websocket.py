"""The upstream's side of a websocket; the library's core without input and output does the frames."""

import json
from collections.abc import Callable

from pydantic import JsonValue
from websockets.datastructures import Headers
from websockets.extensions.permessage_deflate import ServerPerMessageDeflateFactory
from websockets.frames import Frame as WireFrame
from websockets.frames import Opcode
from websockets.http11 import Request
from websockets.server import ServerProtocol

from support.upstream.asked import FRAME, Asked, JsonObject
from support.upstream.replies import (
    Close,
    Cut,
    Frame,
    Gate,
    HalfClose,
    Part,
    Raw,
    Reply,
    Reset,
    Slow,
    Socket,
    Status,
)
from support.upstream.wire import Broken, Wire

MAX_MESSAGE = 256 * 1024 * 1024


def serve_socket(wire: Wire, asked: Asked, socket: Socket, answer: Callable[[Asked], Reply]) -> None:
    """Accept the upgrade, and answer every message until either side has had enough."""
    _Session(wire, asked, socket, answer).run()


class _Session:
    """One websocket. A message comes in as a request of method `FRAME` on the handshake's path."""

    def __init__(self, wire: Wire, asked: Asked, socket: Socket, answer: Callable[[Asked], Reply]) -> None:
        self._wire = wire
        self._asked = asked
        self._socket = socket
        self._answer = answer
        extensions = [ServerPerMessageDeflateFactory()] if socket.compress else []
        self._protocol = ServerProtocol(extensions=extensions, max_size=MAX_MESSAGE)
        self._message = b""

    def run(self) -> None:
        headers = Headers()
        for name, value in self._asked.headers.items():
            headers[name] = value.decode("latin-1")
        response = self._protocol.accept(Request(self._asked.path, headers))
        for name, value in self._socket.headers:
            response.headers[name] = value
        self._protocol.send_response(response)
        # The request was read by hand: the parser begins anew, with what follows it.
        self._protocol.parser = self._protocol.parse()
        next(self._protocol.parser)
        self._flush()
        self._play(self._socket.greeting)
        while data := self._wire.receive():
            self._protocol.receive_data(data)
            for event in self._protocol.events_received():
                if isinstance(event, WireFrame):
                    self._take(event)
            self._flush()

    def _take(self, frame: WireFrame) -> None:
        if frame.opcode not in (Opcode.TEXT, Opcode.BINARY, Opcode.CONT):
            return
        self._message += bytes(frame.data)
        if not frame.fin:
            return
        message, self._message = self._message, b""
        asked = Asked(FRAME, self._asked.path, self._asked.headers, message, self._asked.connection)
        reply = self._answer(asked)
        match reply:
            case Status():
                self._send(json.dumps(_error_event(reply)).encode())
            case Raw(data):
                self._wire.send(data)
                raise Broken
            case Socket():
                raise AssertionError("a message cannot be upgraded")
            case _:
                self._play(reply.parts)

    def _play(self, parts: tuple[Part, ...]) -> None:
        for part in parts:
            match part:
                case Gate() | Cut() | Reset() | HalfClose():
                    self._wire.do(part)
                case Slow(event):
                    self._protocol.send_text(json.dumps(event).encode())
                    for byte in b"".join(self._protocol.data_to_send()):
                        self._wire.send(bytes([byte]))
                        self._wire.pace(part)
                case bytes():
                    self._wire.send(part)
                case Frame(data, binary):
                    self._send(data, binary=binary)
                case Close(code, reason):
                    self._protocol.send_close(code, reason)
                    self._flush()
                case _:
                    self._send(json.dumps(part).encode())

    def _send(self, data: bytes, *, binary: bool = False) -> None:
        (self._protocol.send_binary if binary else self._protocol.send_text)(data)
        self._flush()

    def _flush(self) -> None:
        for data in self._protocol.data_to_send():
            if data:
                self._wire.send(data)
            else:
                raise Broken


def _error_event(reply: Status) -> JsonObject:
    headers: JsonObject = dict(reply.headers)
    error: JsonValue = reply.body.get("error") if isinstance(reply.body, dict) else {"message": reply.body}
    return {"type": "error", "status": reply.code, "error": error, "headers": headers}
