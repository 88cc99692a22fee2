"""The login with a code that is typed in a browser elsewhere (model-client.md §9.8)."""

from typing import Final

import anyio
import orjson

from app_server.http.message import HttpError
from app_server.model.login.errors import NoLoginError
from app_server.model.login.exchange import exchange_code
from app_server.model.login.issuer import CLIENT_ID, Caller, Issuer
from protocol.wire import JsonObject

_LOGIN_SECONDS: Final = 15 * 60
_PENDING: Final = (403, 404)


class DeviceLogin:
    """A code that somebody is to type."""

    def __init__(
        self,
        caller: Caller,
        issuer: Issuer,
        workspaces: tuple[str, ...],
        *,
        device_id: str,
        user_code: str,
        interval: float,
    ) -> None:
        self._caller = caller
        self._issuer = issuer
        self._workspaces = workspaces
        self._device_id = device_id
        self._interval = interval
        self.user_code = user_code
        self.url = f"{issuer.base}/codex/device"

    @classmethod
    async def begin(cls, caller: Caller, issuer: Issuer, workspaces: tuple[str, ...]) -> "DeviceLogin":
        """Ask the issuer for a code. Raises NoLoginError."""
        try:
            answer = await caller.send(
                "POST",
                f"{issuer.base}/api/accounts/deviceauth/usercode",
                body=orjson.dumps({"client_id": CLIENT_ID}),
            )
        except HttpError:
            raise NoLoginError("the issuer could not be reached") from None
        if answer.status == 404:
            raise NoLoginError("device code login is not enabled for this issuer", is_refusal=True)
        found = answer.json
        device_id, code = found.get("device_auth_id"), found.get("user_code") or found.get("usercode")
        if not answer.is_success or not isinstance(device_id, str) or not isinstance(code, str):
            raise NoLoginError(f"the issuer gave no code: status {answer.shown_status}")
        return cls(
            caller,
            issuer,
            workspaces,
            device_id=device_id,
            user_code=code,
            interval=_seconds(found.get("interval")),
        )

    async def run(self) -> JsonObject:
        """The `auth.json` of whoever typed the code. Raises NoLoginError."""
        with anyio.move_on_after(_LOGIN_SECONDS):
            while (found := await self._poll()) is None:  # noqa: ASYNC110 - the issuer tells nobody
                await anyio.sleep(self._interval)
            code, verifier = found.get("authorization_code"), found.get("code_verifier")
            if not isinstance(code, str) or not isinstance(verifier, str):
                raise NoLoginError("device auth failed: the issuer gave no authorization code")
            return await exchange_code(
                self._caller,
                self._issuer,
                code=code,
                verifier=verifier,
                redirect=f"{self._issuer.base}/deviceauth/callback",
                workspaces=self._workspaces,
            )
        raise NoLoginError("device auth timed out after 15 minutes")

    async def _poll(self) -> JsonObject | None:
        """What the issuer gives once the code was typed; None before."""
        body = {"device_auth_id": self._device_id, "user_code": self.user_code}
        try:
            answer = await self._caller.send(
                "POST", f"{self._issuer.base}/api/accounts/deviceauth/token", body=orjson.dumps(body)
            )
        except HttpError:
            raise NoLoginError("device auth failed: the issuer could not be reached") from None
        if answer.is_success:
            return answer.json
        if answer.status in _PENDING:
            return None
        raise NoLoginError(f"device auth failed with status {answer.shown_status}")


def _seconds(interval: object) -> float:
    try:
        return max(0.0, float(interval)) if isinstance(interval, str | int | float) else 5.0
    except ValueError:
        return 5.0
