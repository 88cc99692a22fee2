"""From what the browser brings back to an `auth.json` (model-client.md §9.7)."""

import logging
from datetime import UTC, datetime
from typing import Final
from urllib.parse import urlencode

from app_server.http.message import HttpError
from app_server.model.auth import workspace_of
from app_server.model.login.errors import NoLoginError
from app_server.model.login.issuer import CLIENT_ID, Caller, Issuer
from app_server.model.token_claims import jwt_claims
from protocol.wire import JsonObject

_log: Final = logging.getLogger("app_server.login")
_FORM: Final = "application/x-www-form-urlencoded"


async def exchange_code(
    caller: Caller, issuer: Issuer, *, code: str, verifier: str, redirect: str, workspaces: tuple[str, ...]
) -> JsonObject:
    """The login that an authorization code stands for. Raises NoLoginError."""
    form = {
        "grant_type": "authorization_code",
        "code": code,
        "redirect_uri": redirect,
        "client_id": CLIENT_ID,
        "code_verifier": verifier,
    }
    tokens = await _asked(caller, issuer, form)
    id_token, access, refresh = (tokens.get(name) for name in ("id_token", "access_token", "refresh_token"))
    if not (isinstance(id_token, str) and isinstance(access, str) and isinstance(refresh, str)):
        raise NoLoginError("Token exchange failed: the answer holds no tokens")
    if jwt_claims(id_token) is None:
        raise NoLoginError("Token exchange failed: invalid ID token format")
    account = workspace_of(id_token)
    if workspaces and account not in workspaces:
        raise NoLoginError(f"Login is restricted to workspace id {', '.join(workspaces)}.")
    return {
        "auth_mode": "chatgpt",
        "OPENAI_API_KEY": await _api_key(caller, issuer, id_token),
        "tokens": {
            "id_token": id_token,
            "access_token": access,
            "refresh_token": refresh,
            "account_id": account,
        },
        "last_refresh": datetime.now(UTC).isoformat().replace("+00:00", "Z"),
    }


async def _asked(caller: Caller, issuer: Issuer, form: dict[str, str]) -> JsonObject:
    try:
        answer = await caller.send(
            "POST", f"{issuer.base}/oauth/token", body=urlencode(form).encode(), content_type=_FORM
        )
    except HttpError:
        raise NoLoginError("Token exchange failed: the issuer could not be reached") from None
    if not answer.is_success:
        raise NoLoginError(
            f"Token exchange failed: token endpoint returned status {answer.shown_status}: {answer.problem}"
        )
    return answer.json


async def _api_key(caller: Caller, issuer: Issuer, id_token: str) -> str | None:
    """An API key for the same account; many accounts have none, and need none."""
    form = {
        "grant_type": "urn:ietf:params:oauth:grant-type:token-exchange",
        "client_id": CLIENT_ID,
        "requested_token": "openai-api-key",
        "subject_token": id_token,
        "subject_token_type": "urn:ietf:params:oauth:token-type:id_token",
    }
    try:
        key = (await _asked(caller, issuer, form)).get("access_token")
    except NoLoginError:
        _log.debug("the account has no API key")
        return None
    return key if isinstance(key, str) and key else None
