"""Who gives out logins, and how it is spoken to (model-client.md §9.3, §9.6)."""

from collections.abc import Mapping
from typing import Final, NamedTuple
from urllib.parse import urlsplit

import anyio

from app_server.http.client import HttpClient
from app_server.http.message import HttpError, HttpRequest, status_line
from app_server.model.client_identity import ClientIdentity, identity_headers
from app_server.model.lenient_json import loads
from protocol.wire import JsonObject, JsonValue

CLIENT_ID: Final = "app_EMoamEEZ73f0CkXaXp7hrann"
_ISSUER: Final = "https://auth.openai.com"
_MAX_BODY: Final = 1 << 20


class Issuer(NamedTuple):
    """The addresses of one issuer."""

    base: str
    token_url: str
    revoke_url: str


class IssuerAnswer(NamedTuple):
    """What the issuer, or the account's backend, said."""

    status: int
    body: bytes
    headers: Mapping[str, str] = {}

    @property
    def is_success(self) -> bool:
        return 200 <= self.status < 300

    @property
    def shown_status(self) -> str:
        """`500 Internal Server Error`."""
        return status_line(self.status)

    @property
    def json(self) -> JsonObject:
        """The body's object; empty when it holds none."""
        value = loads(self.body)
        return value if isinstance(value, dict) else {}

    @property
    def problem(self) -> str:
        """What the body says went wrong, for people; never a token, which no error answer holds."""
        body = self.json
        error: JsonValue = body.get("error")
        texts = (
            error.get("message") if isinstance(error, dict) else None,
            body.get("error_description"),
            error,
            body.get("message"),
        )
        for text in texts:
            if isinstance(text, str) and text.strip():
                return text.strip()
        return "unknown error"

    @property
    def code(self) -> str | None:
        """The error's code, wherever the body has it."""
        error: JsonValue = self.json.get("error")
        code = error.get("code") if isinstance(error, dict) else error
        code = code if isinstance(code, str) else self.json.get("code")
        return code if isinstance(code, str) else None


def issuer_of(env: Mapping[str, str]) -> Issuer:
    """The issuer, which tests and private deployments replace by environment variables."""
    base = (env.get("CODEX_APP_SERVER_LOGIN_ISSUER", "").strip() or _ISSUER).rstrip("/")
    token = env.get("CODEX_REFRESH_TOKEN_URL_OVERRIDE", "").strip()
    revoke = env.get("CODEX_REVOKE_TOKEN_URL_OVERRIDE", "").strip()
    if not revoke:
        revoke = _at_revoke(token) if token else f"{base}/oauth/revoke"
    return Issuer(base, token or f"{base}/oauth/token", revoke)


def accounts_url(env: Mapping[str, str], variable: str) -> str:
    """Where accounts are asked about: at the address in the variable, else at the issuer's own."""
    return (env.get(variable, "").strip() or f"{issuer_of(env).base}/api/accounts").rstrip("/")


def _at_revoke(token_url: str) -> str:
    return urlsplit(token_url)._replace(path="/oauth/revoke", query="", fragment="").geturl()


class Caller:
    """Sends small requests and reads their whole answers."""

    def __init__(self, http: HttpClient, identity: ClientIdentity) -> None:
        self._http = http
        self._identity = identity

    async def send(
        self,
        method: str,
        url: str,
        *,
        body: bytes = b"",
        content_type: str = "application/json",
        headers: Mapping[str, bytes] | None = None,
        seconds: float = 30,
        as_originator: bool = True,
    ) -> IssuerAnswer:
        """The answer, whatever its status. Raises HttpError, also when it takes longer than `seconds`.

        `as_originator`: whether to say which client the request is made for.
        """
        sent = {**identity_headers(self._identity), "accept": b"*/*", **(headers or {})}
        if not as_originator:
            del sent["originator"]
        if body:
            sent["content-type"] = content_type.encode()
        read = bytearray()
        with anyio.move_on_after(seconds) as limit:
            request = HttpRequest(method, url, sent, body)
            response = await self._http.send(request)
            if method == "GET" and 300 <= response.status < 400:  # a body may be a secret, and stays here
                from app_server.http.redirects import following

                response = await following(self._http.send, request, response)
            try:
                while len(read) < _MAX_BODY and (chunk := await response.read()):
                    read += chunk
            finally:
                await response.close()
            return IssuerAnswer(response.status, bytes(read), response.headers)
        assert limit.cancelled_caught  # noqa: S101 - the only way here
        raise HttpError("operation timed out", answered=False)
