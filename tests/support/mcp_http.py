"""The small MCP server behind streamable HTTP on loopback, with what tests ask of one."""

import json
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any, Self

from support.mcp_server import McpServer, Message, options_of


class McpHttp:
    """Answers as events, or as JSON; wants a login, where `token` says which; forgets sessions when told."""

    def __init__(self, *, events: bool = True, token: str | None = None) -> None:
        self.events = events
        self.token = token
        self.sessions = 0
        self.known = False
        self.requests: list[tuple[str, dict[str, str], Message]] = []
        outer = self

        class Handler(BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"

            def do_POST(self) -> None:
                body = self.rfile.read(int(self.headers.get("content-length", 0)))
                outer.post(self, json.loads(body))

            def do_GET(self) -> None:
                outer.note("GET", self, {})
                outer.reply(self, 405)

            def do_DELETE(self) -> None:
                outer.note("DELETE", self, {})
                outer.reply(self, 200)

            def log_message(self, format: str, *args: Any) -> None:  # noqa: A002 - its name there
                """Tests want no log."""

        self._server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self._server.daemon_threads = True
        self._thread = threading.Thread(target=self._server.serve_forever, args=(0.05,), daemon=True)

    def __enter__(self) -> Self:
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._server.shutdown()
        self._server.server_close()

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self._server.server_port}/mcp"

    def note(self, method: str, handler: BaseHTTPRequestHandler, message: Message) -> None:
        headers = {name.lower(): value for name, value in handler.headers.items()}
        self.requests.append((method, headers, message))

    def post(self, handler: BaseHTTPRequestHandler, message: Message) -> None:
        self.note("POST", handler, message)
        if self.token and handler.headers.get("authorization") != f"Bearer {self.token}":
            return self.reply(handler, 401)
        if message.get("method") == "initialize":
            self.sessions += 1
            self.known = True
        elif not self.known:
            return self.reply(handler, 404)
        said: list[Message] = []
        McpServer(said.append, options_of([])).take(message)
        if "id" not in message:
            return self.reply(handler, 202)
        if self.events:
            body = "".join(f"event: message\ndata: {json.dumps(one)}\n\n" for one in said)
            return self.reply(handler, 200, "text/event-stream", body)
        return self.reply(handler, 200, "application/json", json.dumps(said[-1]))

    def reply(
        self, handler: BaseHTTPRequestHandler, status: int, kind: str = "text/plain", body: str = ""
    ) -> None:
        handler.send_response(status)
        handler.send_header("content-type", kind)
        handler.send_header("content-length", str(len(body.encode())))
        handler.send_header("mcp-session-id", f"session-{self.sessions}")
        handler.end_headers()
        handler.wfile.write(body.encode())
