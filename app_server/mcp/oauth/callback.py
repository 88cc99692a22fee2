"""Where the browser comes back to: one address on loopback, until a login has been given or refused."""

import base64
import hashlib
import secrets
from typing import Final, NamedTuple
from urllib.parse import SplitResult, urlsplit

import anyio
from anyio.abc import Listener, SocketAttribute, SocketStream

from app_server.mcp.oauth.requests import OAuthError
from app_server.model.login.loopback import parameter, serve_browser

_REASONS: Final = {200: "OK", 400: "Bad Request"}
_DONE: Final = "Authentication complete. You may close this window."
_INVALID: Final = "Invalid OAuth callback"


class Refused(NamedTuple):
    """The authorization server sent the browser back without a code."""

    error: str


class Callback:
    """Owns the listening socket from `listen` until `close`."""

    def __init__(self, listener: Listener[SocketStream], server_url: str, public_url: str | None) -> None:
        self._listener = listener
        self._state = secrets.token_urlsafe(16)
        self._outcome: str | Refused | None = None
        self._settled = anyio.Event()
        digest = hashlib.sha256(server_url.encode()).digest()
        name = base64.urlsafe_b64encode(digest)[:12].decode()
        port = listener.extra(SocketAttribute.local_port)  # noqa: S610 - no database is near
        base = public_url.rstrip("/") if public_url else f"http://127.0.0.1:{port}/callback"
        self.redirect_uri = f"{base}/{name}"
        self._path = urlsplit(self.redirect_uri).path

    @property
    def state(self) -> str:
        """What the browser has to bring back."""
        return self._state

    @classmethod
    async def listen(cls, server_url: str, *, port: int | None, public_url: str | None) -> "Callback":
        """Take that port, or any. `public_url`: how browsers see it. Raises OAuthError."""
        try:
            listener = await anyio.create_tcp_listener(local_host="127.0.0.1", local_port=port or 0)
        except OSError as error:
            raise OAuthError(f"the port of the callback cannot be had: {error.strerror}") from error
        return cls(listener, server_url, public_url)

    async def code(self, seconds: float) -> str:
        """The code that the browser brought. Raises OAuthError; closes the socket however it ends."""
        try:
            with anyio.move_on_after(seconds):
                async with anyio.create_task_group() as serving:
                    serving.start_soon(self._listener.serve, self._serve)
                    await self._settled.wait()
                    serving.cancel_scope.cancel()
        finally:
            await self.close()
        match self._outcome:
            case None:
                raise OAuthError("timed out waiting for OAuth callback")
            case Refused(error):
                raise OAuthError(error)
            case code:
                return code

    async def close(self) -> None:
        with anyio.CancelScope(shield=True):
            await self._listener.aclose()

    async def _serve(self, stream: SocketStream) -> None:
        outcome = await serve_browser(stream, self._answer)
        if outcome is not None and self._outcome is None:
            self._outcome = outcome
            self._settled.set()

    async def _answer(self, method: str, url: SplitResult) -> tuple[bytes, str | Refused | None]:
        outcome = self._read(url) if (method, url.path) == ("GET", self._path) else None
        return _page(outcome), outcome

    def _read(self, url: SplitResult) -> str | Refused | None:
        """None for what is no answer to our question: whoever sent it, we go on waiting."""
        if not secrets.compare_digest(parameter(url, "state").encode(), self._state.encode()):
            return None
        if error := parameter(url, "error"):
            said = parameter(url, "error_description")
            return Refused(f"OAuth provider returned `{error}`{f': {said}' if said else ''}")
        return parameter(url, "code") or None


def _page(outcome: str | Refused | None) -> bytes:
    match outcome:
        case None:
            status, text = 400, _INVALID
        case Refused(error):
            status, text = 400, error
        case _:
            status, text = 200, _DONE
    body = text.encode()
    head = (
        f"HTTP/1.1 {status} {_REASONS[status]}\r\ncontent-type: text/plain; charset=utf-8\r\n"
        f"content-length: {len(body)}\r\ncache-control: no-store\r\nx-content-type-options: nosniff\r\n"
        "referrer-policy: no-referrer\r\nconnection: close\r\n\r\n"
    )
    return head.encode() + body
