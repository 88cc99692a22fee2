"""Tokens that somebody gave to a program instead of logging in: agent identities and personal access tokens.

What such a token says is believed only once its issuer has confirmed it, which is `login.proofs`' business.
None of them is ever shown.
"""

from typing import Final, NamedTuple

from app_server.model.token_claims import jwt_claims, plan_type, text
from protocol.wire import JsonObject, JsonValue

TOKEN_VARIABLE: Final = "CODEX_ACCESS_TOKEN"  # noqa: S105 - its name
IDENTITY_MODE: Final = "agentIdentity"
PERSONAL_MODE: Final = "personalAccessToken"
_PERSONAL: Final = "at-"


class TokenAccount(NamedTuple):
    """The account that a token acts for. `plan` is a `PlanType` of the wire."""

    account_id: str
    user_id: str
    email: str | None
    plan: str
    is_fedramp: bool


class AgentIdentityAuth(NamedTuple):
    """An agent's identity, with the key that the agent signs its requests with."""

    token: str | None
    """The signed token that says all this. None: this user registered the agent, as 0.169.0 keeps it."""
    runtime_id: str
    private_key: str
    account: TokenAccount
    task_id: str | None = None
    """A task that was registered before."""

    @property
    def mode(self) -> str:
        return IDENTITY_MODE

    def __repr__(self) -> str:
        return f"AgentIdentityAuth({self.runtime_id!r})"


class PersonalTokenAuth(NamedTuple):
    """A personal access token; whose it is, only its issuer knows."""

    token: str

    @property
    def mode(self) -> str:
        return PERSONAL_MODE

    def __repr__(self) -> str:
        return "PersonalTokenAuth()"


AccessTokenAuth = AgentIdentityAuth | PersonalTokenAuth


def parse_access_token(token: str) -> AccessTokenAuth | None:
    """The login of a token of either kind; None when it is neither."""
    return PersonalTokenAuth(token) if token.startswith(_PERSONAL) else parse_identity(token)


def parse_personal_token(value: JsonValue) -> PersonalTokenAuth | None:
    token = text(value)
    return None if token is None else PersonalTokenAuth(token)


def parse_identity(value: JsonValue) -> AgentIdentityAuth | None:
    """The identity that a JWT tells of; None unless it says all that one has to (model-client.md §9.9).

    An object in its place says the same, and needs nobody's signature.
    """
    if isinstance(value, dict):
        return _identity(None, value)
    token = text(value)
    claims = None if token is None else jwt_claims(token)
    return None if claims is None or not _is_dated(claims) else _identity(token, claims)


def _identity(token: str | None, claims: JsonObject) -> AgentIdentityAuth | None:
    runtime_id, key = text(claims.get("agent_runtime_id")), text(claims.get("agent_private_key"))
    account = _account(claims)
    if runtime_id is None or key is None or account is None:
        return None
    task_id = text(claims.get("task_id")) if token is None else None
    return AgentIdentityAuth(token, runtime_id, key, account, task_id)


def _is_dated(claims: JsonObject) -> bool:
    return all(
        isinstance(claims.get(name), int) and not isinstance(claims.get(name), bool)
        for name in ("iat", "exp")
    )


def _account(claims: JsonObject) -> TokenAccount | None:
    account_id, user_id = text(claims.get("account_id")), text(claims.get("chatgpt_user_id"))
    email, plan = text(claims.get("email")), text(claims.get("plan_type"))
    is_fedramp = claims.get("chatgpt_account_is_fedramp")
    if account_id is None or user_id is None or email is None or plan is None:
        return None
    if not isinstance(is_fedramp, bool):
        return None
    return TokenAccount(account_id, user_id, email, plan_type(plan), is_fedramp)
