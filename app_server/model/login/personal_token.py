"""Whose a personal access token is: only its issuer knows. As 0.169.0 asks."""

from collections.abc import Mapping
from typing import Final

from app_server.http.message import HttpError
from app_server.model.access_token import PersonalTokenAuth, TokenAccount
from app_server.model.errors import ModelError
from app_server.model.login.errors import ProofError
from app_server.model.login.issuer import Caller, accounts_url
from app_server.model.request_credentials import bearer
from app_server.model.token_claims import plan_type, text
from protocol.wire import JsonObject

_AUTHAPI_VARIABLE: Final = "CODEX_AUTHAPI_BASE_URL"
_SECONDS: Final = 10


class PersonalToken:
    """A token that its issuer knows."""

    def __init__(self, token: str, account: TokenAccount) -> None:
        self.account = account
        self._token = token

    def authorization(self) -> str:
        return f"Bearer {self._token}"


async def ask_whose(auth: PersonalTokenAuth, caller: Caller, env: Mapping[str, str]) -> PersonalToken:
    """The token with its account. Raises ProofError."""
    url = f"{accounts_url(env, _AUTHAPI_VARIABLE)}/v1/user-auth-credential/whoami"
    try:
        answer = await caller.send("GET", url, headers=dict(bearer(auth.token).headers), seconds=_SECONDS)
    except ModelError as error:
        raise ProofError(error.message, permanent=True) from None
    except HttpError:
        raise ProofError("The issuer of personal access tokens could not be reached.") from None
    if not answer.is_success:
        refused = 400 <= answer.status < 500
        raise ProofError(
            f"The personal access token was not accepted: {answer.shown_status}.", permanent=refused
        )
    account = _account(answer.json)
    if account is None:
        raise ProofError("The issuer of personal access tokens did not say whose this one is.")
    return PersonalToken(auth.token, account)


def _account(said: JsonObject) -> TokenAccount | None:
    account_id, user_id = text(said.get("chatgpt_account_id")), text(said.get("chatgpt_user_id"))
    plan, is_fedramp = text(said.get("chatgpt_plan_type")), said.get("chatgpt_account_is_fedramp")
    if account_id is None or user_id is None or plan is None or not isinstance(is_fedramp, bool):
        return None
    return TokenAccount(account_id, user_id, text(said.get("email")), plan_type(plan), is_fedramp)
