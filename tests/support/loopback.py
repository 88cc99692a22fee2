"""A server on loopback that runs in a thread of its own for as long as a `with` lasts."""

import socketserver
import threading
from http.server import ThreadingHTTPServer
from typing import Self


class Loopback:
    """Owns the server, which is bound already."""

    def __init__(self, server: socketserver.ThreadingTCPServer | ThreadingHTTPServer) -> None:
        server.daemon_threads = True
        server.block_on_close = False  # nobody waits for a client that went away without a word
        self._server = server
        self._thread = threading.Thread(target=server.serve_forever, args=(0.05,), daemon=True)

    def __enter__(self) -> Self:
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._server.shutdown()
        self._server.server_close()

    @property
    def port(self) -> int:
        return int(self._server.server_address[1])
