"""A proxy on loopback: opens tunnels, forwards plain requests, and remembers what it was asked.

Whatever host it is asked for, it goes to the one port that it was given, so that tests can use names that
nobody resolves.
"""

import contextlib
import socket
import socketserver
import ssl
import threading
from typing import NamedTuple

from support.loopback import Loopback

_PATIENCE = 30.0


class ProxyAsked(NamedTuple):
    """The head of a request: `CONNECT upstream.test:443`, or `POST http://upstream.test/v1/responses`."""

    request: str
    headers: dict[str, str]


class Proxy(Loopback):
    """The server; use it in a `with`. `refusal` is the status that every request gets, if set."""

    def __init__(self, port: int, *, tls: ssl.SSLContext | None = None, refusal: int | None = None) -> None:
        self.asked: list[ProxyAsked] = []
        self.refusal = refusal
        self._to = port
        self._tls = tls
        outer = self

        class Handler(socketserver.BaseRequestHandler):
            def handle(self) -> None:
                with contextlib.suppress(OSError):
                    outer.serve(self.request)

        super().__init__(socketserver.ThreadingTCPServer(("127.0.0.1", 0), Handler))

    @property
    def url(self) -> str:
        return f"{'http' if self._tls is None else 'https'}://localhost:{self.port}"

    @property
    def requests(self) -> list[str]:
        return [one.request for one in self.asked]

    def serve(self, connection: socket.socket) -> None:
        connection.settimeout(_PATIENCE)
        client = connection if self._tls is None else self._tls.wrap_socket(connection, server_side=True)
        with client:
            head = _read_head(client)
            if head is None:
                return
            line, *rest = head.decode("latin-1").split("\r\n")
            headers = {name.lower(): value.strip() for name, _, value in (one.partition(":") for one in rest)}
            self.asked.append(ProxyAsked(line.rpartition(" ")[0], headers))
            if self.refusal is not None:
                client.sendall(f"HTTP/1.1 {self.refusal} No\r\ncontent-length: 0\r\n\r\n".encode())
                return
            with socket.create_connection(("127.0.0.1", self._to), _PATIENCE) as upstream:
                if line.startswith("CONNECT "):
                    client.sendall(b"HTTP/1.1 200 Connection established\r\n\r\n")
                else:
                    upstream.sendall(head + b"\r\n\r\n")
                back = threading.Thread(target=_copy, args=(upstream, client), daemon=True)
                back.start()
                _copy(client, upstream)
                back.join(_PATIENCE)


def _read_head(client: socket.socket) -> bytes | None:
    """What stands before the empty line, read so that nothing after it is taken."""
    head = b""
    while not head.endswith(b"\r\n\r\n"):
        byte = client.recv(1)
        if not byte:
            return None
        head += byte
    return head.removesuffix(b"\r\n\r\n")


def _copy(source: socket.socket, target: socket.socket) -> None:
    with contextlib.suppress(OSError):
        while data := source.recv(65536):
            target.sendall(data)
    with contextlib.suppress(OSError):
        target.shutdown(socket.SHUT_WR)
