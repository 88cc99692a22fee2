"""An MCP server that wants a login, and the authorization server that gives it, both on loopback."""

import base64
import hashlib
import json
import urllib.error
import urllib.request
from collections.abc import Mapping
from urllib.parse import parse_qs, urlencode, urlsplit

from pydantic import JsonValue

from support.mcp_http import McpHttp

JsonObject = dict[str, JsonValue]


class OAuthMcp(McpHttp):
    """Gives codes to whoever asks, tokens for codes whose proof is right, and remembers what it was asked."""

    def __init__(self, *, scopes: list[str] | None = None, expires_in: int | None = 3600) -> None:
        super().__init__(token="none yet")
        self.scopes = scopes
        self.expires_in = expires_in
        self.registrations: list[JsonObject] = []
        self.token_requests: list[dict[str, str]] = []
        self.refuses_tokens = False
        self.issuer_path = ""
        self.issuer: str | None = None
        """Who it says it is, where that is not who it is."""
        self._granted = 0
        self._challenges: dict[str, str] = {}
        self.routes = {
            ("GET", "/.well-known/oauth-protected-resource/mcp"): self._resource,
            ("GET", "/.well-known/oauth-authorization-server"): self._metadata,
            ("POST", "/register"): self._register,
            ("POST", "/token"): self._token,
        }

    @property
    def base(self) -> str:
        return self.url.removesuffix("/mcp")

    def log_in(self, authorization_url: str) -> str:
        """What a user's browser does: agree, and come back to the client. The text of the last page."""
        asked = query_of(authorization_url)
        code = f"code-{len(self._challenges) + 1}"
        self._challenges[code] = asked["code_challenge"]
        return visit(asked["redirect_uri"], {"code": code, "state": asked["state"]})[1]

    def _resource(self, _body: bytes) -> tuple[int, JsonValue]:
        return 200, {"resource": self.url, "authorization_servers": [self.base + self.issuer_path]}

    def _metadata(self, _body: bytes) -> tuple[int, JsonValue]:
        metadata: JsonObject = {
            "issuer": self.issuer or self.base + self.issuer_path,
            "authorization_endpoint": f"{self.base}/authorize",
            "token_endpoint": f"{self.base}/token",
            "registration_endpoint": f"{self.base}/register",
            "response_types_supported": ["code"],
            "code_challenge_methods_supported": ["S256"],
        }
        if self.scopes is not None:
            metadata["scopes_supported"] = [*self.scopes]
        return 200, metadata

    def _register(self, body: bytes) -> tuple[int, JsonValue]:
        asked: JsonObject = json.loads(body)
        self.registrations.append(asked)
        return 201, {**asked, "client_id": f"client-{len(self.registrations)}"}

    def _token(self, body: bytes) -> tuple[int, JsonValue]:
        form = {name: values[0] for name, values in parse_qs(body.decode()).items()}
        self.token_requests.append(form)
        if self.refuses_tokens:
            return 400, {"error": "invalid_grant", "error_description": "not any more"}
        if form["grant_type"] == "authorization_code":
            proof = base64.urlsafe_b64encode(hashlib.sha256(form["code_verifier"].encode()).digest())
            if self._challenges.get(form["code"]) != proof.rstrip(b"=").decode():
                return 400, {"error": "invalid_grant", "error_description": "the proof is wrong"}
        self._granted += 1
        self.token = f"access-{self._granted}"
        answer: JsonObject = {
            "access_token": self.token,
            "token_type": "Bearer",
            "refresh_token": f"refresh-{self._granted}",
        }
        if self.expires_in is not None:
            answer["expires_in"] = self.expires_in
        return 200, answer


def query_of(url: str) -> dict[str, str]:
    return {name: values[0] for name, values in parse_qs(urlsplit(url).query).items()}


def visit(url: str, query: Mapping[str, str]) -> tuple[int, str]:
    """Open an address as a browser would: the status and the text."""
    opener = urllib.request.build_opener(urllib.request.ProxyHandler({}))
    try:
        with opener.open(f"{url}?{urlencode(query)}", timeout=15) as page:
            return page.status, page.read().decode()
    except urllib.error.HTTPError as error:
        with error:
            return error.code, error.read().decode()
