"""An issuer of logins on loopback: gives out, renews and revokes tokens, and remembers what it was asked."""

import base64
import json
import threading
from collections.abc import Callable
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Self
from urllib.parse import parse_qs

from pydantic import JsonValue

from support.upstream import Gate

JsonObject = dict[str, JsonValue]
Answer = tuple[int, JsonValue] | tuple[int, JsonValue, dict[str, str]]
"""Status, body, and headers beyond the usual ones."""
FAR = 4_000_000_000
PAST = 1_000_000_000


def jwt(claims: JsonObject) -> str:
    """An unsigned token."""
    parts = ({"alg": "none", "typ": "JWT"}, claims)
    coded = (base64.urlsafe_b64encode(json.dumps(part).encode()).rstrip(b"=").decode() for part in parts)
    return ".".join((*coded, "unsigned"))


def login_token(*, account: str = "acct-1", plan: str = "pro", expires: int = FAR, mark: str = "") -> str:
    """An access or id token of somebody; `mark` makes it another one."""
    return jwt(
        {
            "email": "someone@example.com",
            "exp": expires,
            "mark": mark,
            "https://api.openai.com/auth": {
                "chatgpt_plan_type": plan,
                "chatgpt_user_id": "user-1",
                "chatgpt_account_id": account,
            },
        }
    )


def given(mark: str, *, account: str = "acct-1") -> JsonObject:
    """A set of tokens, as the issuer gives them."""
    token = login_token(account=account, mark=mark)
    return {"id_token": token, "access_token": token, "refresh_token": f"refresh-{mark}"}


def stored_login(*, expires: int = FAR, mark: str = "old", account: str = "acct-1") -> JsonObject:
    """An auth.json of the ChatGPT login."""
    token = login_token(expires=expires, mark=mark, account=account)
    return {
        "auth_mode": "chatgpt",
        "OPENAI_API_KEY": None,
        "tokens": {
            "id_token": token,
            "access_token": token,
            "refresh_token": f"refresh-{mark}",
            "account_id": account,
        },
        "last_refresh": "2099-01-01T00:00:00Z",
    }


@dataclass(frozen=True, slots=True)
class Call:
    """A request as it came in."""

    method: str
    path: str
    headers: dict[str, str]
    body: bytes

    @property
    def json(self) -> JsonObject:
        return json.loads(self.body)

    @property
    def form(self) -> dict[str, str]:
        return {name: values[0] for name, values in parse_qs(self.body.decode()).items()}


@dataclass(slots=True)
class Issuer:
    """The server; use it in a `with`. `answers` holds what each path says next, or always the last one."""

    answers: dict[str, list[Answer]] = field(default_factory=dict[str, list[Answer]])
    calls: list[Call] = field(default_factory=list[Call])
    gate: Gate | None = None
    """Where every request waits, if set."""
    _server: ThreadingHTTPServer | None = None

    def __enter__(self) -> Self:
        self._server = ThreadingHTTPServer(("127.0.0.1", 0), _handler(self._answer))
        self._server.daemon_threads = True
        threading.Thread(target=self._server.serve_forever, args=(0.05,), daemon=True).start()
        return self

    def __exit__(self, *_: object) -> None:
        assert self._server is not None
        if self.gate is not None:
            self.gate.open()
        self._server.shutdown()
        self._server.server_close()

    @property
    def url(self) -> str:
        assert self._server is not None
        return f"http://127.0.0.1:{self._server.server_address[1]}"

    @property
    def env(self) -> dict[str, str]:
        """What makes a server use this issuer, and any free port for the browser's return."""
        return {"CODEX_APP_SERVER_LOGIN_ISSUER": self.url, "CODEX_APP_SERVER_LOGIN_PORT": "0"}

    def says(self, path: str, *answers: Answer) -> None:
        self.answers[path] = list(answers)

    def asked(self, path: str) -> list[Call]:
        return [call for call in self.calls if call.path.partition("?")[0] == path]

    def _answer(self, call: Call) -> Answer:
        self.calls.append(call)
        if self.gate is not None:
            self.gate.pass_through()
        answers = self.answers.get(call.path.partition("?")[0], [(404, {"error": "not here"})])
        return answers.pop(0) if len(answers) > 1 else answers[0]


def _handler(answer: Callable[[Call], Answer]) -> type[BaseHTTPRequestHandler]:
    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def _do(self) -> None:
            body = self.rfile.read(int(self.headers.get("content-length") or 0))
            headers = {name.lower(): value for name, value in self.headers.items()}
            status, value, *more = answer(Call(self.command, self.path, headers, body))
            data = json.dumps(value).encode()
            self.send_response(status)
            self.send_header("content-type", "application/json")
            self.send_header("content-length", str(len(data)))
            for name, text in (more[0] if more else {}).items():
                self.send_header(name, text)
            self.end_headers()
            self.wfile.write(data)

        do_GET = do_POST = _do

        def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - the base's name
            """Nothing: the test's output is the test's."""

    return Handler
