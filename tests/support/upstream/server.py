"""The sockets of the upstream: a thread for each connection, HTTP/1.1 in, replies out."""

import socket
import socketserver
import ssl
from collections.abc import Callable

from support.patience import LONG
from support.upstream.asked import Asked
from support.upstream.http import read_request, write_status, write_stream
from support.upstream.replies import Raw, Reply, Socket, Status
from support.upstream.wire import Broken, Wire

Answer = Callable[[Asked], Reply]


class Server(socketserver.ThreadingTCPServer):
    """Listens on loopback. `answer` says what each request gets."""

    daemon_threads = True
    allow_reuse_address = True

    def __init__(self, answer: Answer, tls: ssl.SSLContext | None = None) -> None:
        self.answer = answer
        self.tls = tls
        self.accepted = 0
        self._open: set[socket.socket] = set()
        super().__init__(("127.0.0.1", 0), _Handler)

    def get_request(self) -> tuple[socket.socket, tuple[str, int]]:
        connection, address = super().get_request()
        self.accepted += 1
        self._open.add(connection)
        return connection, address

    def end_connections(self) -> None:
        for connection in self._open:
            connection.close()

    def handle_error(self, request: object, client_address: object) -> None:
        """A client that goes away in the middle is nothing to report."""


class _Handler(socketserver.BaseRequestHandler):
    def handle(self) -> None:
        server = self.server
        assert isinstance(server, Server)
        connection: socket.socket = self.request
        connection.settimeout(LONG * 2)
        connection.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, True)
        number = server.accepted
        try:
            wire = Wire(
                connection if server.tls is None else server.tls.wrap_socket(connection, server_side=True)
            )
        except OSError:
            return  # the client does not like our certificate
        try:
            while (asked := read_request(wire, number)) is not None and _answered(asked, wire, server.answer):
                pass
        except (Broken, OSError):
            pass  # the client went away, or the script said that we do
        finally:
            wire.close()


def _answered(asked: Asked, wire: Wire, answer: Answer) -> bool:
    """Whether the connection goes on."""
    reply = answer(asked)
    match reply:
        case Status():
            write_status(wire, reply)
        case Raw(data):
            wire.send(data)
            return False
        case Socket():
            from support.upstream.websocket import serve_socket  # few tests want one

            serve_socket(wire, asked, reply, answer)
            return False
        case _:
            write_stream(wire, reply)
    return True
