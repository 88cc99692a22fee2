"""One websocket: messages in, messages out; the library's core does the frames."""

import base64
import hashlib
import logging
import os
from typing import Final

import anyio
from anyio.abc import ByteStream
from websockets.exceptions import NegotiationError
from websockets.extensions.permessage_deflate import ClientPerMessageDeflateFactory, PerMessageDeflate
from websockets.frames import Frame, Opcode
from websockets.headers import parse_extension
from websockets.protocol import Protocol, Side, State

from app_server.http.exchange import DirectResponse
from app_server.http.message import READ_BYTES, HttpError

MAX_MESSAGE_BYTES: Final = 256 * 1024 * 1024
"""A finished item with images inside is several MiB; the library's own limit of one is too small."""

_MAGIC: Final = b"258EAFA5-E914-47DA-95CA-C5AB0DC85B11"
_BROKEN: Final = (anyio.BrokenResourceError, anyio.ClosedResourceError, OSError)

_quiet: Final = logging.getLogger("app_server.http.websocket_frames")
_quiet.setLevel(logging.WARNING)  # the library writes frames and headers into its log, and those hold secrets


class WebSocketClosedError(Exception):
    """The peer said goodbye."""


class WebSocket:
    """Owns the connection. Pings are answered whenever something is read."""

    def __init__(self, stream: ByteStream, protocol: Protocol, first: bytes) -> None:
        self._stream: ByteStream | None = stream
        self._protocol = protocol
        self._first = first
        self._partial: list[bytes] = []
        self._writing = anyio.Lock()  # a reader answers pings while another task may be sending
        self._end: HttpError | WebSocketClosedError | None = None

    @property
    def is_open(self) -> bool:
        return self._stream is not None and self._end is None and self._protocol.state is State.OPEN

    async def send(self, message: bytes) -> None:
        """Send one text message. Raises HttpError."""
        if not self.is_open:
            raise HttpError("the websocket is closed", answered=False)
        self._protocol.send_text(message)
        await self._flush()

    async def receive(self) -> list[bytes]:
        """The messages that the next bytes complete, which may be none.

        What ends the socket is raised once all messages before it were given out: the last of them may be the
        end of an answer, and come in one piece with the goodbye. Raises WebSocketClosedError at a close
        frame, HttpError when the connection broke or made no sense.
        """
        stream = self._stream
        if stream is None:
            raise HttpError("the websocket is closed", answered=True)
        if self._end is not None:
            raise self._end
        data, self._first = self._first, b""
        if not data:
            try:
                data = await stream.receive(READ_BYTES)
            except anyio.EndOfStream:
                raise HttpError("the websocket ended", answered=True) from None
            except _BROKEN as error:
                raise HttpError(str(error), answered=True) from error
        self._protocol.receive_data(data)
        messages: list[bytes] = []
        try:
            self._read_into(messages)
            await self._flush()
        except (HttpError, WebSocketClosedError) as error:
            self._end = error
            if not messages:
                raise
        return messages

    async def close(self) -> None:
        """Give the connection up. Never raises."""
        stream, self._stream = self._stream, None
        if stream is not None:
            await anyio.aclose_forcefully(stream)

    def _read_into(self, found: list[bytes]) -> None:
        """Add the messages that are complete, then raise what ends the socket, if anything does."""
        for frame in self._protocol.events_received():
            if not isinstance(frame, Frame):
                continue
            match frame.opcode:
                case Opcode.TEXT | Opcode.CONT:
                    self._partial.append(bytes(frame.data))
                    if frame.fin:
                        found.append(_text(self._partial))
                        self._partial.clear()
                case Opcode.BINARY:
                    raise HttpError("unexpected binary websocket event", answered=True)
                case Opcode.CLOSE:
                    raise WebSocketClosedError
                case _:
                    pass
        if self._protocol.parser_exc is not None:
            raise HttpError("a websocket frame made no sense", answered=True)

    async def _flush(self) -> None:
        stream = self._stream
        try:
            async with self._writing:
                for data in self._protocol.data_to_send():
                    if data and stream is not None:
                        await stream.send(data)
        except _BROKEN as error:
            raise HttpError(str(error), answered=False) from error


def _text(parts: list[bytes]) -> bytes:
    """The message. Raises HttpError when it is no UTF-8: no event is lost without anybody's noticing."""
    message = parts[0] if len(parts) == 1 else b"".join(parts)
    if not message.isascii():
        try:
            message.decode()
        except UnicodeDecodeError:
            raise HttpError("a websocket message is not UTF-8", answered=True) from None
    return message


class Handshake:
    """The client's half of an upgrade: the headers to send, and the check of what came back."""

    def __init__(self) -> None:
        self._key = base64.b64encode(os.urandom(16))
        self._deflate = ClientPerMessageDeflateFactory(client_max_window_bits=True)

    @property
    def headers(self) -> dict[str, bytes]:
        return {
            "connection": b"Upgrade",
            "upgrade": b"websocket",
            "sec-websocket-version": b"13",
            "sec-websocket-key": self._key,
            "sec-websocket-extensions": b"permessage-deflate; client_max_window_bits",
        }

    def accepted(self, response: DirectResponse) -> WebSocket:
        """The open socket of a 101. Raises HttpError when the answer does not fit the question."""
        wanted = base64.b64encode(hashlib.sha1(self._key + _MAGIC, usedforsecurity=False).digest()).decode()
        if response.headers.get("sec-websocket-accept", "").strip() != wanted:
            raise HttpError("the answer to the upgrade is not for this request", answered=True)
        extensions = self._extensions(response.headers.get("sec-websocket-extensions", ""))
        protocol = Protocol(Side.CLIENT, max_size=MAX_MESSAGE_BYTES, logger=_quiet)
        protocol.extensions = list(extensions)
        stream, first = response.take_over()
        return WebSocket(stream, protocol, first)

    def _extensions(self, header: str) -> list[PerMessageDeflate]:
        accepted: list[PerMessageDeflate] = []
        try:
            for name, params in parse_extension(header) if header.strip() else ():
                if name != "permessage-deflate" or accepted:
                    raise HttpError("the provider chose an extension that was not offered", answered=True)
                accepted.append(self._deflate.process_response_params(params, accepted))
        except (NegotiationError, ValueError) as error:
            raise HttpError(f"the upgrade's extensions make no sense: {error}", answered=True) from None
        return accepted
