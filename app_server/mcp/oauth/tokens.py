"""The token of a login: got for a code, renewed before it ends or when it is refused, kept."""

import time
from collections.abc import Mapping
from typing import Final

import anyio
import anyio.to_thread

from app_server.http.client import HttpClient
from app_server.mcp.oauth.discovery import discover
from app_server.mcp.oauth.requests import OAuthError, post_form
from app_server.mcp.oauth.storage import Logins, McpLogin
from app_server.model.login.home_lock import locked
from protocol.wire import JsonObject

_EARLY_MS: Final = 30_000
"""So long before its end a token is renewed."""
_LOCK_SECONDS: Final = 30.0


async def request_tokens(http: HttpClient, url: str, form: Mapping[str, str]) -> JsonObject:
    """What the token endpoint gives. Raises OAuthError."""
    answer = await post_form(http, url, form)
    if not answer.is_success:
        raise OAuthError(f"the authorization server refused: {answer.problem}")
    if not isinstance(answer.body.get("access_token"), str):
        raise OAuthError("the authorization server gave no access token")
    return answer.body


def with_tokens(login: McpLogin, tokens: JsonObject) -> McpLogin:
    """The login with what was given; what the answer leaves out stays as it was, but for the end."""
    refresh, seconds, scope = (tokens.get(key) for key in ("refresh_token", "expires_in", "scope"))
    ends = seconds if isinstance(seconds, int | float) and not isinstance(seconds, bool) else None
    return login._replace(
        access_token=str(tokens["access_token"]),
        refresh_token=refresh if isinstance(refresh, str) else login.refresh_token,
        expires_at=None if ends is None else _now_ms() + int(ends * 1000),
        scopes=tuple(scope.split()) if isinstance(scope, str) else login.scopes,
    )


class LoginToken:
    """The login of one connection: implements `world.Login`.

    It looks at what is kept, for another process may have renewed it.
    """

    def __init__(
        self, http: HttpClient, logins: Logins, name: str, url: str, *, resource: str | None
    ) -> None:
        self._http = http
        self._storage = logins.storage
        self._home = logins.codex_home
        self._name = name
        self._url = url
        self._resource = resource
        self._login: McpLogin | None = None
        self._renewing = anyio.Lock()

    async def current(self) -> str | None:
        """The token to send; None when nobody is logged in. One that is about to end is renewed."""
        login = self._login or await self._kept()
        self._login = login
        if login is None:
            return None
        if login.refresh_token and login.expires_at is not None and login.expires_at - _EARLY_MS <= _now_ms():
            return await self.instead_of(login.access_token) or login.access_token
        return login.access_token

    def headers(self, token: str) -> Mapping[str, bytes]:
        return {"authorization": f"Bearer {token}".encode()}

    async def instead_of(self, refused: str) -> str | None:
        """Another token than the one that was refused; None when there is no way to one."""
        async with self._renewing:
            if self._login is not None and self._login.access_token != refused:
                return self._login.access_token
            try:
                self._login = await self._renewed(refused)
            except OAuthError:
                return None
            return None if self._login is None else self._login.access_token

    async def _renewed(self, refused: str) -> McpLogin | None:
        """One process renews, others take what it got."""
        lock = await locked(self._home / ".credentials.lock", seconds=_LOCK_SECONDS)
        if lock is None:
            raise OAuthError("another process has been renewing logins for too long")
        try:
            login = await self._kept()
            if login is None or login.access_token != refused:
                return login
            if not login.refresh_token:
                raise OAuthError("the login cannot be renewed")
            return await self._renew(login, login.refresh_token)
        finally:
            lock.release()

    async def _renew(self, login: McpLogin, refresh_token: str) -> McpLogin:
        metadata = await discover(self._http, self._url)
        if metadata is None:
            raise OAuthError("No authorization support detected")
        form = {"grant_type": "refresh_token", "refresh_token": refresh_token, "client_id": login.client_id}
        if resource := self._resource or metadata.resource:
            form["resource"] = resource
        renewed = with_tokens(login, await request_tokens(self._http, metadata.token_endpoint, form))
        with anyio.CancelScope(shield=True):  # the old token is worth nothing any more
            try:
                await anyio.to_thread.run_sync(self._storage.save, renewed)
            except OSError as error:
                raise OAuthError("the renewed login cannot be saved") from error
        return renewed

    async def _kept(self) -> McpLogin | None:
        return await anyio.to_thread.run_sync(self._storage.load, self._name, self._url)


def _now_ms() -> int:
    return time.time_ns() // 1_000_000
