"""Renews a login: once, however many threads and processes want it (model-client.md §9.3, §9.4; promise D10).

A refresh token can be used a single time. So a renewal runs in the server's task group and not in the turn
that wants it: a turn that is interrupted meanwhile would throw away the tokens that replace the used one.
"""

import logging
import time
from collections.abc import Awaitable, Callable
from datetime import UTC, datetime
from typing import Final

import anyio
import anyio.to_thread
import orjson
from anyio.abc import TaskGroup

from app_server.http.message import HttpError
from app_server.model.auth import AuthStore, ChatGptAuth
from app_server.model.auth_storage import StorageError
from app_server.model.login.errors import RenewalError, account_changed, refused_for_good
from app_server.model.login.home_lock import locked
from app_server.model.login.issuer import CLIENT_ID, Caller, Issuer
from app_server.model.token_claims import expires_at

_log: Final = logging.getLogger("app_server.login")
_MAX_AGE_SECONDS: Final = 8 * 24 * 3600
_LOCK_SECONDS: Final = 60
_LAST_SECONDS: Final = 1.5

AskClient = Callable[[str | None], Awaitable[ChatGptAuth]]
"""Asks the clients for new tokens of an account. Raises RenewalError."""


class LoginRenewal:
    """Owns the renewal that is under way, and remembers the tokens that cannot be renewed any more."""

    def __init__(
        self,
        auth: AuthStore,
        caller: Caller,
        issuer: Issuer,
        tasks: TaskGroup,
        ask_client: AskClient,
        *,
        now: Callable[[], float] = time.time,
    ) -> None:
        self._auth = auth
        self._caller = caller
        self._issuer = issuer
        self._tasks = tasks
        self._ask_client = ask_client
        self._now = now
        self._running: _Renewal | None = None
        self._refused: tuple[str, RenewalError] | None = None

    async def keep_fresh(self) -> None:
        """Renew the login if its time has come. A failure is logged, and the old token goes on being used."""
        auth = self._auth.current
        if isinstance(auth, ChatGptAuth) and not auth.external and self.is_due(auth):
            try:
                await self.renew(auth)
            except RenewalError as error:
                _log.warning("the login was not renewed: %s", error)

    async def recover(self, used: ChatGptAuth, refusals: int) -> bool:
        """A request with this login was answered with 401: whether there is something to try again with.

        First what is kept is read again, for somebody may have renewed it; then it is renewed; then it is
        given up. Raises RenewalError.
        """
        if used.external:
            if refusals > 1:
                return False
            self._auth.use_external(await self._ask_client(used.account_id))
            return True
        match refusals:
            case 1:
                found = await anyio.to_thread.run_sync(self._auth.reload)
                if not used.is_same_account(found):
                    raise account_changed()
                return True
            case 2:
                await self.renew(used)
                return True
            case _:
                return False

    def refusal_of(self, auth: ChatGptAuth) -> RenewalError | None:
        """Why this login cannot be renewed, when that is known."""
        if self._refused is not None and self._refused[0] == auth.refresh_token:
            return self._refused[1]
        return None

    def is_due(self, auth: ChatGptAuth) -> bool:
        """Whether the login is to be renewed before it is used: it has expired, or is eight days old."""
        ends = expires_at(auth.access_token)
        if ends is not None:
            return ends <= self._now()
        try:
            last = datetime.fromisoformat(auth.last_refresh or "")
        except ValueError:
            return False
        return last.replace(tzinfo=last.tzinfo or UTC).timestamp() < self._now() - _MAX_AGE_SECONDS

    async def renew(self, stale: ChatGptAuth) -> None:
        """Have other tokens in the store than those of `stale`. Raises RenewalError."""
        if (known := self.refusal_of(stale)) is not None:
            raise known
        running = self._running
        if running is None:
            running = self._running = _Renewal()
            self._tasks.start_soon(self._run, running, stale)
        await running.done.wait()
        if running.error is not None:
            raise running.error

    async def _run(self, renewal: "_Renewal", stale: ChatGptAuth) -> None:
        try:
            async with anyio.create_task_group() as both:
                with anyio.CancelScope(shield=True) as protected:
                    both.start_soon(_end_soon_when_cancelled, protected)
                    renewal.error = await self._failure(stale)
                if protected.cancelled_caught:
                    renewal.error = RenewalError("Failed to refresh token: the server is shutting down")
                both.cancel_scope.cancel()
        finally:
            self._running = None
            renewal.done.set()

    async def _failure(self, stale: ChatGptAuth) -> RenewalError | None:
        """Do it; the error is a value here, for no task group is to wrap it."""
        try:
            await self._renew(stale)
        except RenewalError as error:
            return error
        return None

    async def _renew(self, stale: ChatGptAuth) -> None:
        lock = await locked(self._auth.codex_home / ".auth.lock", seconds=_LOCK_SECONDS)
        if lock is None:
            raise RenewalError("Failed to refresh token: another process has been refreshing it for too long")
        try:
            found = await anyio.to_thread.run_sync(self._auth.reload)
            if not isinstance(found, ChatGptAuth) or not stale.is_same_account(found):
                raise account_changed()
            if (found.access_token, found.refresh_token) != (stale.access_token, stale.refresh_token):
                return
            await self._exchange(found)
        finally:
            lock.release()

    async def _exchange(self, auth: ChatGptAuth) -> None:
        body = {
            "client_id": CLIENT_ID,
            "grant_type": "refresh_token",
            "refresh_token": auth.refresh_token or "",
        }
        try:
            answer = await self._caller.send("POST", self._issuer.token_url, body=orjson.dumps(body))
        except HttpError:
            raise RenewalError("Failed to refresh token: the issuer could not be reached") from None
        if answer.status == 401:
            error = refused_for_good(answer.code)
            self._refused = (auth.refresh_token or "", error)
            raise error
        if not answer.is_success:
            raise RenewalError(f"Failed to refresh token: {answer.shown_status}: {answer.problem}")
        now = datetime.fromtimestamp(self._now(), UTC).isoformat().replace("+00:00", "Z")
        try:
            await anyio.to_thread.run_sync(self._auth.save_tokens, answer.json, now)
        except StorageError as error:
            raise RenewalError(f"Failed to refresh token: {error}") from None
        _log.info("the login was renewed")


class _Renewal:
    """One renewal, and how it ended."""

    def __init__(self) -> None:
        self.done = anyio.Event()
        self.error: RenewalError | None = None


async def _end_soon_when_cancelled(protected: anyio.CancelScope) -> None:
    try:
        await anyio.sleep_forever()
    finally:
        # The server is ending; an answer that is nearly there is still worth a moment.
        protected.deadline = anyio.current_time() + _LAST_SECONDS
