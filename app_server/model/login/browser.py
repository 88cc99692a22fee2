"""The login in a browser: an address to open, and a server on loopback that waits for its return (§9.7)."""

import base64
import hashlib
import secrets
from typing import Final
from urllib.parse import SplitResult, quote, urlencode

import anyio
from anyio.abc import Listener, SocketAttribute, SocketStream

from app_server.model.login.errors import REPLACED, NoLoginError
from app_server.model.login.exchange import exchange_code
from app_server.model.login.issuer import CLIENT_ID, Caller, Issuer
from app_server.model.login.loopback import parameter, serve_browser
from app_server.model.login.pages import page
from protocol.wire import JsonObject

_PORTS: Final = (1455, 1457)
_TRIES: Final = 10
_PAUSE_SECONDS: Final = 0.2
_LOGIN_SECONDS: Final = 600
_LAST_PAGE_SECONDS: Final = 3
_SCOPES: Final = "openid profile email offline_access api.connectors.read api.connectors.invoke"
_NOT_ENABLED: Final = (
    "Codex is not enabled for your workspace. "
    "Contact your workspace administrator to request access to Codex."
)


class BrowserLogin:
    """Owns the listening socket from `listen` to the end of `run`."""

    def __init__(
        self,
        listener: Listener[SocketStream],
        caller: Caller,
        issuer: Issuer,
        *,
        originator: str,
        workspaces: tuple[str, ...],
    ) -> None:
        self._listener = listener
        self._caller = caller
        self._issuer = issuer
        self._workspaces = workspaces
        port = listener.extra(SocketAttribute.local_port)  # noqa: S610 - no database is near
        self._redirect = f"http://localhost:{port}/auth/callback"
        self._verifier = _random(64)
        self._state = _random(32)
        self._outcome: JsonObject | NoLoginError | None = None
        self._login: JsonObject | None = None
        self._exchanging = anyio.Lock()
        self._settled = anyio.Event()
        self._seen = anyio.Event()
        self.url = self._address(originator)

    @classmethod
    async def listen(
        cls, caller: Caller, issuer: Issuer, originator: str, workspaces: tuple[str, ...], *, port: int | None
    ) -> "BrowserLogin":
        """Take one of the ports that the issuer knows, or `port`. Raises NoLoginError."""
        for one in _PORTS if port is None else (port,):
            listener = await _listener(one)
            if listener is not None:
                return cls(listener, caller, issuer, originator=originator, workspaces=workspaces)
        raise NoLoginError("the ports of the login are in use")

    async def run(self) -> JsonObject:
        """The `auth.json` of whoever logged in. Raises NoLoginError; closes the socket however it ends."""
        try:
            with anyio.move_on_after(_LOGIN_SECONDS):
                async with anyio.create_task_group() as serving:
                    serving.start_soon(self._listener.serve, self._serve)
                    await self._wait()
                    serving.cancel_scope.cancel()
        finally:
            with anyio.CancelScope(shield=True):
                await self._listener.aclose()
        match self._outcome:
            case None:
                raise NoLoginError("Login timed out")
            case NoLoginError():
                raise self._outcome
            case login:
                return login

    async def _wait(self) -> None:
        """Until the login has ended; a browser that came back with one has a moment to see the last page."""
        await self._settled.wait()
        if self._login is not None:
            with anyio.move_on_after(_LAST_PAGE_SECONDS):
                await self._seen.wait()

    def _address(self, originator: str) -> str:
        digest = hashlib.sha256(self._verifier.encode()).digest()
        query = {
            "response_type": "code",
            "client_id": CLIENT_ID,
            "redirect_uri": self._redirect,
            "scope": _SCOPES,
            "code_challenge": _url_text(digest),
            "code_challenge_method": "S256",
            "id_token_add_organizations": "true",
            "codex_cli_simplified_flow": "true",
            "state": self._state,
            "originator": originator,
        }
        if self._workspaces:
            query["allowed_workspace_id"] = ",".join(self._workspaces)
        return f"{self._issuer.base}/oauth/authorize?{urlencode(query, quote_via=quote)}"

    async def _serve(self, stream: SocketStream) -> None:
        outcome = await serve_browser(stream, self._answer)
        if outcome is not None and self._outcome is None:
            self._outcome = outcome
            self._settled.set()
        elif outcome is not None:
            self._seen.set()

    async def _answer(self, method: str, url: SplitResult) -> tuple[bytes, JsonObject | NoLoginError | None]:
        """The bytes to send, and how the login has ended if it has."""
        if method != "GET":
            return page(405, "Not allowed"), None
        match url.path:
            case "/auth/callback":
                return await self._callback(url)
            case "/success":
                return page(200, "You are signed in", "You can close this window now."), self._login
            case "/cancel":
                return page(200, "Sign-in cancelled"), NoLoginError(REPLACED)
            case _:
                return page(404, "Not found"), None

    async def _callback(self, url: SplitResult) -> tuple[bytes, JsonObject | NoLoginError | None]:
        if not secrets.compare_digest(parameter(url, "state").encode(), self._state.encode()):
            return page(400, "State mismatch"), None
        if error := parameter(url, "error"):
            reason = parameter(url, "error_description") or error
            missing = "missing_codex_entitlement" in reason
            failure = NoLoginError(_NOT_ENABLED if missing else f"Sign-in failed: {reason}")
            return page(200, "Sign-in failed", str(failure)), failure
        code = parameter(url, "code")
        if not code:
            failure = NoLoginError("Missing authorization code. Sign-in could not be completed.")
            return page(200, "Sign-in failed", str(failure)), failure
        try:
            async with (
                self._exchanging
            ):  # a code is good for once: a browser that comes twice brings the same
                self._login = self._login or await self._exchanged(code)
        except NoLoginError as failure:
            return page(200, "Sign-in failed", str(failure)), failure
        # Whether or not the browser follows, the login is there.
        return page(302, "Signed in", location="/success"), self._login

    async def _exchanged(self, code: str) -> JsonObject:
        return await exchange_code(
            self._caller,
            self._issuer,
            code=code,
            verifier=self._verifier,
            redirect=self._redirect,
            workspaces=self._workspaces,
        )


async def _listener(port: int) -> Listener[SocketStream] | None:
    """The port, which another login of this machine may hold: that one is asked to give it up."""
    for attempt in range(_TRIES):
        try:
            return await anyio.create_tcp_listener(local_host="127.0.0.1", local_port=port)
        except OSError:
            if attempt == 0:
                await _ask_to_leave(port)
            await anyio.sleep(_PAUSE_SECONDS)
    return None


async def _ask_to_leave(port: int) -> None:
    with anyio.move_on_after(2):
        try:
            async with await anyio.connect_tcp("127.0.0.1", port) as stream:
                await stream.send(b"GET /cancel HTTP/1.1\r\nhost: 127.0.0.1\r\nconnection: close\r\n\r\n")
                await stream.receive()
        except (OSError, anyio.EndOfStream, anyio.BrokenResourceError):
            return


def _random(size: int) -> str:
    return _url_text(secrets.token_bytes(size))


def _url_text(data: bytes) -> str:
    return base64.urlsafe_b64encode(data).rstrip(b"=").decode()
