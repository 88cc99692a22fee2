"""All that a server sends out, wherever it goes: its provider, the issuer of logins, an MCP server."""

import json
from contextlib import ExitStack
from pathlib import Path
from typing import NamedTuple, Self

from support import sse
from support.client import Answer, Client, JsonObject
from support.home import write_config
from support.mcp_http import McpHttp
from support.tokens import Issuer, given
from support.upstream import Status, Upstream
from support.upstream.asked import FRAME, Asked
from support.upstream.realtime import Realtime

HEADER = "x-oai-attestation"
PATIENCE = "[attestation]\ntimeout_ms = 15000\n[features]\nrealtime_conversation = true"
_USAGE: JsonObject = {"plan_type": "pro", "rate_limit": None}


class Sent(NamedTuple):
    """One request: to whom, which, and the token of its attestation; None without one."""

    to: str
    request: str
    token: str | None


class World:
    """Three servers on loopback, and a client of the server under test; use it in a `with`."""

    def __init__(self, home: Path, command: tuple[str, ...]) -> None:
        self.upstream = Upstream()
        self.realtime = Realtime(self.upstream)
        self.issuer = Issuer()
        self.mcp = McpHttp()
        self.tokens: list[str] = []
        """Those that the client gave, in the order in which it was asked."""
        self.clients: list[Client] = []
        self.home = home
        self._command = command
        self._stack = ExitStack()

    def __enter__(self) -> Self:
        for server in (self.upstream, self.issuer, self.mcp):
            self._stack.enter_context(server)
        self.upstream.add("GET", "/wham/usage", _Usage())
        self.issuer.says("/oauth/token", (200, given("new")))
        self.issuer.says("/oauth/revoke", (200, {}))
        code: JsonObject = {"device_auth_id": "d-1", "user_code": "ABCD", "interval": "0"}
        typed: JsonObject = {"authorization_code": "c-2", "code_challenge": "x", "code_verifier": "v-2"}
        self.issuer.says("/api/accounts/deviceauth/usercode", (200, code))
        self.issuer.says("/api/accounts/deviceauth/token", (200, typed))
        return self

    def __exit__(self, *_: object) -> None:
        self._stack.close()

    def configure(self, *, name: str = "OpenAI", provider: str = "", login: bool = True) -> None:
        """The provider's name and table; `login` makes it one that takes the ChatGPT login."""
        table = f'{provider}\n[mcp_servers.far]\nurl = "{self.mcp.url}"'
        write_config(
            self.home, self.upstream.base_url, chatgpt=login, retries=1, provider=table, extra=PATIENCE
        )
        path = self.home / "config.toml"
        text = path.read_text("utf-8").replace('name = "Loopback"', f'name = "{name}"')
        path.write_text(text, "utf-8")

    def client(self) -> Client:
        """Greeted; it offers attestations, and answers each question with a token of its own."""
        client = self._stack.enter_context(Client(self._command, self.home, env=self.issuer.env))
        self.clients.append(client)
        client.on("attestation/generate", self._generate)
        client.initialize({"experimentalApi": True, "requestAttestation": True})
        return client

    def _generate(self, _: JsonObject) -> Answer:
        self.tokens.append(f"token-{len(self.tokens) + 1}")
        return {"token": self.tokens[-1]}

    @property
    def sent(self) -> list[Sent]:
        """Every request so far; those to one place are in order."""
        return [
            *(
                Sent("provider", shown(one.method, one.path, upgrade=one.is_upgrade), token_of(one.headers))
                for one in self.upstream.everything
                if one.method != FRAME
            ),
            *(
                Sent("issuer", shown(one.method, one.path), token_of(_as_bytes(one.headers)))
                for one in self.issuer.calls
            ),
            *(
                Sent("mcp", shown(method, "/mcp"), token_of(_as_bytes(headers)))
                for method, headers, _ in self.mcp.requests
            ),
        ]


def shown(method: str, path: str, *, upgrade: bool = False) -> str:
    """`GET /v1/responses, upgrade`; without what follows the path."""
    return f"{method} {path.partition('?')[0]}{', upgrade' if upgrade else ''}"


def token_of(headers: dict[str, bytes]) -> str | None:
    """The client's token, out of its envelope."""
    value = headers.get(HEADER)
    if value is None:
        return None
    envelope = json.loads(value)
    assert envelope == {"v": 1, "s": 0, "t": envelope["t"]}, envelope
    return envelope["t"]


def calling(tool: str) -> tuple[JsonObject, ...]:
    """The events of an answer that calls the MCP server's tool."""
    return (sse.created(), sse.call(tool, {"text": "hi"}, namespace="mcp__far__"), sse.completed())


def unauthorized() -> Status:
    return Status(401, {"error": {"message": "no"}})


def _as_bytes(headers: dict[str, str]) -> dict[str, bytes]:
    return {name: value.encode("latin-1") for name, value in headers.items()}


class _Usage:
    def answer(self, asked: Asked) -> Status:
        return Status(200, _USAGE)
