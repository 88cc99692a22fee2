"""One connection of the upstream, and the ways in which it can break."""

import contextlib
import socket
import struct
import time
from typing import NoReturn

from support.upstream.replies import Cut, Gate, HalfClose, Reset, Slow

DRAIN = 65536


class Broken(Exception):
    """The connection was ended, as the script wanted it."""


class Wire:
    """Owns the socket."""

    def __init__(self, connection: socket.socket) -> None:
        self._socket = connection
        self.reader = connection.makefile("rb")

    def send(self, data: bytes) -> None:
        self._socket.sendall(data)

    def receive(self) -> bytes:
        """The next bytes; `b""` at the end."""
        return self.reader.read1(DRAIN)

    def close(self) -> None:
        with contextlib.suppress(OSError):
            self.reader.close()
            self._socket.close()

    def do(self, part: Gate | Cut | Reset | HalfClose) -> None:
        """What a place in a stream says. Raises Broken where the connection ends."""
        match part:
            case Gate():
                part.pass_through()
            case Cut():
                self._socket.shutdown(socket.SHUT_RDWR)
                raise Broken
            case Reset():
                self._reset()
            case HalfClose():
                self._socket.shutdown(socket.SHUT_WR)
                while self.receive():
                    pass
                raise Broken

    def _reset(self) -> NoReturn:
        # Closing with no patience for what is unsent makes the system answer with RST.
        self._socket.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
        self.close()
        raise Broken

    def pace(self, slow: Slow) -> None:
        """Called between two bytes of a slow event."""
        if slow.pause:
            time.sleep(slow.pause)
