"""The login that is under way: it waits for a browser; a new one takes its place (model-client.md §9.6)."""

import logging
from collections.abc import Awaitable, Callable
from typing import Final
from uuid import uuid4

import anyio
import anyio.to_thread
import orjson
from anyio.abc import TaskGroup

from app_server.http.message import HttpError
from app_server.model.auth import AuthStore, ChatGptAuth
from app_server.model.auth_storage import StorageError
from app_server.model.login.errors import CANCELLED, REPLACED, NoLoginError
from app_server.model.login.issuer import CLIENT_ID, Caller, Issuer
from protocol.wire import JsonObject

_log: Final = logging.getLogger("app_server.login")
_REVOKE_SECONDS: Final = 10
_PREFIX: Final = "Login server error: "

Ended = Callable[[str, str | None], None]
"""Told the login's id and, unless it succeeded, why it failed."""


class _Pending:
    """One login that waits."""

    def __init__(self, ended: Ended, prefix: str) -> None:
        self.id = str(uuid4())
        self.scope = anyio.CancelScope()
        self.done = anyio.Event()
        self.reason = CANCELLED
        self.prefix = prefix
        self._ended = ended

    def end(self, error: str | None) -> None:
        self._ended(self.id, None if error is None else f"{self.prefix}{error}")
        self.done.set()


class Logins:
    """Owns the pending login; there is at most one."""

    def __init__(
        self,
        auth: AuthStore,
        caller: Caller,
        issuer: Issuer,
        tasks: TaskGroup,
        *,
        originator: Callable[[], str],
        port: int | None = None,
    ) -> None:
        """`port`: where the browser comes back to, instead of the two that the issuer knows; 0 is any."""
        self._auth = auth
        self._caller = caller
        self._issuer = issuer
        self._tasks = tasks
        self._originator = originator
        self._port = port
        self._pending: _Pending | None = None

    async def begin_browser(self, workspaces: tuple[str, ...], ended: Ended) -> tuple[str, str]:
        """The login's id, and the address that the client is to open. Raises NoLoginError."""
        from app_server.model.login.browser import BrowserLogin  # a server of its own, for a rare event

        await self.cancel_all(REPLACED)
        login = await BrowserLogin.listen(
            self._caller, self._issuer, self._originator(), workspaces, port=self._port
        )
        return self._begin(login.run, ended, _PREFIX), login.url

    async def begin_device(self, workspaces: tuple[str, ...], ended: Ended) -> tuple[str, str, str]:
        """The login's id, the address to open, and the code to type there. Raises NoLoginError."""
        from app_server.model.login.device import DeviceLogin

        await self.cancel_all(REPLACED)
        login = await DeviceLogin.begin(self._caller, self._issuer, workspaces)
        return self._begin(login.run, ended, ""), login.url, login.user_code

    async def cancel(self, login_id: str) -> bool:
        """Whether this login was under way."""
        if self._pending is None or self._pending.id != login_id:
            return False
        await self.cancel_all()
        return True

    async def cancel_all(self, reason: str = CANCELLED) -> None:
        """End the login that waits, if there is one; its end has been told then."""
        pending = self._pending
        if pending is not None:
            pending.reason = reason
            pending.scope.cancel()
            await pending.done.wait()

    async def revoke(self) -> None:
        """Give a ChatGPT login's tokens back; an issuer that does not take them is no reason to keep them."""
        auth = self._auth.current
        if not isinstance(auth, ChatGptAuth) or auth.external:
            return
        body = {"token": auth.access_token, "token_type_hint": "access_token"}
        if auth.refresh_token:
            body = {
                "token": auth.refresh_token,
                "token_type_hint": "refresh_token",
                "client_id": CLIENT_ID,
            }
        try:
            answer = await self._caller.send(
                "POST", self._issuer.revoke_url, body=orjson.dumps(body), seconds=_REVOKE_SECONDS
            )
        except HttpError:
            _log.warning("the tokens were not revoked: the issuer could not be reached")
            return
        if not answer.is_success:
            _log.warning("the tokens were not revoked: status %d", answer.status)

    def _begin(self, run: Callable[[], Awaitable[JsonObject]], ended: Ended, prefix: str) -> str:
        pending = self._pending = _Pending(ended, prefix)
        self._tasks.start_soon(self._run, pending, run)
        return pending.id

    async def _run(self, pending: _Pending, run: Callable[[], Awaitable[JsonObject]]) -> None:
        error: str | None = CANCELLED
        try:
            with pending.scope:
                error = await self._outcome(run)
            if pending.scope.cancelled_caught:
                error = pending.reason
        finally:
            self._pending = None
            pending.end(error)

    async def _outcome(self, run: Callable[[], Awaitable[JsonObject]]) -> str | None:
        """Why it failed; None when somebody is logged in now."""
        try:
            login = await run()
            with anyio.CancelScope(shield=True):
                await anyio.to_thread.run_sync(self._auth.save, login)
        except NoLoginError as error:
            return str(error)
        except StorageError as error:
            return f"the login cannot be saved: {error}"
        return None
