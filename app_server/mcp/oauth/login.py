"""Getting a login: we register, the user agrees in the browser, its code becomes a token (RFC 6749, 7636)."""

import base64
import hashlib
import secrets
from collections.abc import Sequence
from typing import Final, NamedTuple
from urllib.parse import urlencode, urlsplit

import anyio
import anyio.to_thread

from app_server.http.client import HttpClient
from app_server.mcp.oauth.callback import Callback
from app_server.mcp.oauth.discovery import Metadata, discover
from app_server.mcp.oauth.requests import OAuthError, post_json
from app_server.mcp.oauth.storage import LoginStorage, McpLogin
from app_server.mcp.oauth.tokens import request_tokens, with_tokens
from protocol.wire import JsonObject

_CLIENT_NAME: Final = "Codex"


class Wanted(NamedTuple):
    """What a login is for, and how the browser is to come back."""

    name: str
    url: str
    scopes: Sequence[str] | None
    """None: all that the server tells of."""
    resource: str | None
    callback_port: int | None
    callback_url: str | None


class ServerLogin:
    """Begun by `begin`; owns the callback until the end of `finish`."""

    def __init__(
        self, http: HttpClient, wanted: Wanted, metadata: Metadata, callback: Callback, client_id: str
    ) -> None:
        self._http = http
        self._wanted = wanted
        self._metadata = metadata
        self._callback = callback
        self._client_id = client_id
        self._verifier = secrets.token_urlsafe(32)
        self._resource = wanted.resource or metadata.resource
        self.url = self._address()

    @classmethod
    async def begin(cls, http: HttpClient, wanted: Wanted) -> "ServerLogin":
        """Find the authorization server, and make ourselves known to it. Raises OAuthError."""
        metadata = await discover(http, wanted.url)
        if metadata is None:
            raise OAuthError("No authorization support detected")
        callback = await Callback.listen(
            wanted.url, port=wanted.callback_port, public_url=wanted.callback_url
        )
        try:
            client_id = await _register(http, metadata, callback.redirect_uri)
            return cls(http, wanted, metadata, callback, client_id)
        except BaseException:
            await callback.close()
            raise

    async def finish(self, storage: LoginStorage, seconds: float) -> None:
        """Wait for the browser, and keep what it brings. Raises OAuthError."""
        code = await self._callback.code(seconds)
        form = {
            "grant_type": "authorization_code",
            "code": code,
            "code_verifier": self._verifier,
            "client_id": self._client_id,
            "redirect_uri": self._callback.redirect_uri,
        }
        if self._resource:
            form["resource"] = self._resource
        try:
            tokens = await request_tokens(self._http, self._metadata.token_endpoint, form)
        except OAuthError as error:
            raise OAuthError(f"failed to handle OAuth callback: {error}") from error
        login = with_tokens(McpLogin(self._wanted.name, self._wanted.url, self._client_id, ""), tokens)
        with anyio.CancelScope(shield=True):
            try:
                await anyio.to_thread.run_sync(storage.save, login)
            except OSError as error:
                raise OAuthError(f"the login cannot be saved: {error.strerror or error}") from error

    def _address(self) -> str:
        digest = hashlib.sha256(self._verifier.encode()).digest()
        query = {
            "response_type": "code",
            "client_id": self._client_id,
            "state": self._callback.state,
            "code_challenge": base64.urlsafe_b64encode(digest).rstrip(b"=").decode(),
            "code_challenge_method": "S256",
            "redirect_uri": self._callback.redirect_uri,
        }
        scopes = self._metadata.scopes if self._wanted.scopes is None else self._wanted.scopes
        if scopes:
            query["scope"] = " ".join(scopes)
        if self._resource:
            query["resource"] = self._resource
        endpoint = urlsplit(self._metadata.authorization_endpoint)
        joined = "&".join(part for part in (endpoint.query, urlencode(query)) if part)
        return endpoint._replace(query=joined).geturl()


async def _register(http: HttpClient, metadata: Metadata, redirect_uri: str) -> str:
    """The id under which the authorization server knows us from now on (RFC 7591). Raises OAuthError."""
    if metadata.registration_endpoint is None:
        raise OAuthError("the authorization server does not let clients register themselves")
    client: JsonObject = {
        "client_name": _CLIENT_NAME,
        "redirect_uris": [redirect_uri],
        "grant_types": ["authorization_code", "refresh_token"],
        "token_endpoint_auth_method": "none",
        "response_types": ["code"],
    }
    answer = await post_json(http, metadata.registration_endpoint, client)
    client_id = answer.body.get("client_id")
    if not answer.is_success or not isinstance(client_id, str):
        raise OAuthError(f"the authorization server did not register us: {answer.problem}")
    return client_id
