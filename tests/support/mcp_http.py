"""The small MCP server behind streamable HTTP on loopback, with what tests ask of one."""

import json
from collections.abc import Callable
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

from pydantic import JsonValue

from support.loopback import Loopback
from support.mcp_server import McpServer, Message, options_of

Route = Callable[[bytes], tuple[int, JsonValue]]
"""From a request's body to a status and a body."""


class McpHttp(Loopback):
    """Answers as events, or as JSON; wants a login, where `token` says which; forgets sessions when told."""

    def __init__(self, *, events: bool = True, token: str | None = None) -> None:
        self.events = events
        self.token = token
        self.routes: dict[tuple[str, str], Route] = {}
        """What is answered beside MCP, by method and path."""
        self.challenge: str | None = None
        """What a refusal for want of a login says of how to get one."""
        self.sessions = 0
        self.known = False
        self.requests: list[tuple[str, dict[str, str], Message]] = []
        outer = self

        class Handler(BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"

            def do_POST(self) -> None:
                body = self.rfile.read(int(self.headers.get("content-length", 0)))
                if not outer.beside(self, body):
                    outer.post(self, json.loads(body))

            def do_GET(self) -> None:
                if not outer.beside(self, b""):
                    outer.note("GET", self, {})
                    outer.get(self)

            def do_DELETE(self) -> None:
                outer.note("DELETE", self, {})
                outer.reply(self, 200)

            def log_message(self, format: str, *args: Any) -> None:  # noqa: A002 - its name there
                """Tests want no log."""

        super().__init__(ThreadingHTTPServer(("127.0.0.1", 0), Handler))

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}/mcp"

    def note(self, method: str, handler: BaseHTTPRequestHandler, message: Message) -> None:
        headers = {name.lower(): value for name, value in handler.headers.items()}
        self.requests.append((method, headers, message))

    def beside(self, handler: BaseHTTPRequestHandler, body: bytes) -> bool:
        """Answer what is no MCP; whether it was."""
        route = self.routes.get((handler.command, handler.path.partition("?")[0]))
        if route is None:
            return False
        status, value = route(body)
        self.reply(handler, status, "application/json", json.dumps(value))
        return True

    def get(self, handler: BaseHTTPRequestHandler) -> None:
        """This server says nothing by itself."""
        if handler.path != "/mcp":
            self.reply(handler, 404)
        elif self.lets_in(handler):
            self.reply(handler, 405)
        else:
            self.reply(handler, 401, challenge=self.challenge)

    def lets_in(self, handler: BaseHTTPRequestHandler) -> bool:
        return not self.token or handler.headers.get("authorization") == f"Bearer {self.token}"

    def post(self, handler: BaseHTTPRequestHandler, message: Message) -> None:
        self.note("POST", handler, message)
        if not self.lets_in(handler):
            return self.reply(handler, 401, challenge=self.challenge)
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
        self,
        handler: BaseHTTPRequestHandler,
        status: int,
        kind: str = "text/plain",
        body: str = "",
        *,
        challenge: str | None = None,
    ) -> None:
        handler.send_response(status)
        if challenge is not None:
            handler.send_header("www-authenticate", challenge)
        handler.send_header("content-type", kind)
        handler.send_header("content-length", str(len(body.encode())))
        if status == 401:
            handler.send_header("www-authenticate", "Bearer")
        handler.send_header("mcp-session-id", f"session-{self.sessions}")
        handler.end_headers()
        handler.wfile.write(body.encode())
