"""Who is logged in, and how a login is read from the reference's `auth.json` (model-client.md §9.1, §9.2).

Nothing here is ever shown: neither a `repr` nor an error holds a key or a token.
"""

from collections.abc import Callable, Mapping
from functools import partial
from pathlib import Path
from typing import Final, NamedTuple

from app_server.model.access_token import (
    IDENTITY_MODE,
    PERSONAL_MODE,
    AgentIdentityAuth,
    PersonalTokenAuth,
    TokenAccount,
    parse_access_token,
    parse_identity,
    parse_personal_token,
)
from app_server.model.auth_storage import AuthStorage, storage_for
from app_server.model.bedrock_login import (
    ACCESS_MODE,
    KEY_MODE,
    BedrockAuth,
    parse_access,
    parse_key,
)
from app_server.model.token_claims import as_object, jwt_claims, plan_type, text
from protocol.wire import JsonObject

_CLAIMS: Final = "https://api.openai.com/auth"
_PROFILE: Final = "https://api.openai.com/profile"


class ApiKeyAuth(NamedTuple):
    """A login with an API key."""

    key: str

    @property
    def mode(self) -> str:
        return "apikey"

    def __repr__(self) -> str:
        return "ApiKeyAuth()"


class ChatGptAuth(NamedTuple):
    """A ChatGPT login. `plan` is a `PlanType` of the wire; what the token does not say is None."""

    access_token: str
    account_id: str | None = None
    email: str | None = None
    plan: str = "unknown"
    user_id: str | None = None
    is_fedramp: bool = False
    external: bool = False
    """The client gave the tokens (`chatgptAuthTokens`) and has to renew them."""
    refresh_token: str | None = None
    last_refresh: str | None = None
    """When the tokens were given out, as an RFC 3339 time."""

    @property
    def mode(self) -> str:
        return "chatgptAuthTokens" if self.external else "chatgpt"

    def __repr__(self) -> str:
        return f"ChatGptAuth(plan={self.plan!r})"

    def is_same_account(self, other: "Auth | None") -> bool:
        """Whether the other login is of the same account; only its tokens may differ."""
        return isinstance(other, ChatGptAuth) and other.account_id == self.account_id


Auth = ApiKeyAuth | ChatGptAuth | AgentIdentityAuth | PersonalTokenAuth | BedrockAuth


class AuthStore:
    """Owns what is known of the login: one that a client gave for this process, else the token of the
    environment, else the one that is kept (model-client.md §9.1).

    What another process writes is noticed when somebody next asks (promise D10); a file that is missing or
    broken counts as logged out, but one that breaks while we look at it changes nothing.
    """

    def __init__(self, codex_home: Path, kind: str = "file", token: str = "") -> None:
        """`kind` is the `cli_auth_credentials_store` of the configuration, `token` the environment's."""
        self.codex_home = codex_home
        self.on_change: Callable[[], None] | None = None
        """Called when it is noticed that somebody logged in or out elsewhere."""
        self._storage: AuthStorage = storage_for(kind, codex_home)
        self._external: ChatGptAuth | None = None
        self._token = "" if kind == "ephemeral" else token.strip()
        self._auth: Auth | None = None
        self._stamp: object = None
        self._read = False

    @property
    def current(self) -> Auth | None:
        """The login, or None when logged out."""
        if self._external is not None:
            return self._external
        if not self._read:
            return self.reload()
        if self._token:
            return self._auth
        stamp = self._storage.stamp()
        if stamp != self._stamp:
            self._take_change(stamp)
        return self._auth

    def reload(self) -> Auth | None:
        """Read what is kept again. A login of the client's or of the environment stays what it is."""
        self._read = True
        if self._token:
            self._auth = parse_access_token(self._token)
            return self._external or self._auth
        self._stamp = self._storage.stamp()
        login = self._storage.load()
        self._auth = None if login is None else parse_auth(login)
        return self._external or self._auth

    def holds_broken_token(self) -> bool:
        """Whether nobody is logged in because a program's token makes no sense. Reads what is kept."""
        if self._token:
            return self.current is None
        return self.current is None and (self._storage.load() or {}).get("auth_mode") in _TOKEN_MODES

    def save(self, login: JsonObject) -> None:
        """Keep this `auth.json`, in place of any login there is. Blocks. Raises StorageError."""
        self._storage.save(login)
        self._external = None
        self.reload()

    def save_tokens(self, given: JsonObject, now: str) -> None:
        """Keep renewed tokens; those that were not given stay. Blocks. Raises StorageError."""
        login = self._storage.load() or {}
        tokens = as_object(login.get("tokens"))
        fresh = {name: given[name] for name in _TOKENS if text(given.get(name))}
        self._storage.save({**login, "tokens": {**tokens, **fresh}, "last_refresh": now})
        self.reload()

    def use_external(self, auth: ChatGptAuth) -> None:
        """The client's tokens: for this process only, and before all that is kept."""
        self._external = auth

    def clear(self) -> None:
        """Log out. Blocks. Raises StorageError."""
        self._external = None
        try:
            self._storage.delete()
        finally:
            self.reload()

    def _take_change(self, stamp: object) -> None:
        before = self._auth
        if stamp is not None and self._storage.load() is None:
            return
        self.reload()
        if self.on_change is not None and _shown(before) != _shown(self._auth):
            self.on_change()


_TOKENS: Final = ("id_token", "access_token", "refresh_token")
_TOKEN_MODES: Final = (IDENTITY_MODE, PERSONAL_MODE)


def _shown(auth: Auth | None) -> tuple[object, ...]:
    account = auth.account_id if isinstance(auth, ChatGptAuth) else None
    return mode_of(auth), plan_of(auth), account


def mode_of(auth: Auth | None) -> str | None:
    """The wire's `AuthMode` of a login."""
    return None if auth is None else auth.mode


def plan_of(auth: Auth | None) -> str | None:
    """The wire's `PlanType` of a login; a key has none, and a personal access token does not say."""
    match auth:
        case ChatGptAuth(plan=plan) | AgentIdentityAuth(account=TokenAccount(plan=plan)):
            return plan
        case _:
            return None


def is_of_account(auth: Auth | None) -> bool:
    """Whether the login is of a ChatGPT account, whose backend it opens."""
    return isinstance(auth, ChatGptAuth | AgentIdentityAuth | PersonalTokenAuth)


def parse_auth(file: JsonObject) -> Auth | None:
    """The login of an `auth.json`, or None when it holds none that we can use."""
    mode = file.get("auth_mode") or _implied_mode(file)
    parse = _PARSERS.get(mode) if isinstance(mode, str) else None
    return None if parse is None else parse(file)


def workspace_of(id_token: str) -> str | None:
    """The account that an id token was given out for."""
    return text(as_object((jwt_claims(id_token) or {}).get(_CLAIMS)).get("chatgpt_account_id"))


def external_auth(access_token: str, account_id: str, plan: str | None) -> ChatGptAuth | None:
    """The login of tokens that a client owns; None when the access token is no JWT (model-client.md §9.5)."""
    claims = jwt_claims(access_token)
    if claims is None:
        return None
    found = _from_claims(access_token, claims)
    return found._replace(
        account_id=account_id, external=True, plan=found.plan if plan is None else plan_type(plan)
    )


def _chatgpt(file: JsonObject, *, external: bool) -> ChatGptAuth | None:
    tokens = file.get("tokens")
    if not isinstance(tokens, dict):
        return None
    access_token, id_token = text(tokens.get("access_token")), text(tokens.get("id_token"))
    claims = None if id_token is None else jwt_claims(id_token)
    if access_token is None or claims is None:
        return None
    return _from_claims(access_token, claims)._replace(
        account_id=text(tokens.get("account_id")),
        external=external,
        refresh_token=text(tokens.get("refresh_token")),
        last_refresh=text(file.get("last_refresh")),
    )


def _from_claims(access_token: str, claims: JsonObject) -> ChatGptAuth:
    account, profile = as_object(claims.get(_CLAIMS)), as_object(claims.get(_PROFILE))
    return ChatGptAuth(
        access_token=access_token,
        email=text(claims.get("email")) or text(profile.get("email")),
        plan=plan_type(account.get("chatgpt_plan_type")),
        user_id=text(account.get("chatgpt_user_id")) or text(account.get("user_id")),
        is_fedramp=account.get("chatgpt_account_is_fedramp") is True,
    )


def _api_key(file: JsonObject) -> ApiKeyAuth | None:
    key = text(file.get("OPENAI_API_KEY"))
    return None if key is None else ApiKeyAuth(key)


_PARSERS: Final[Mapping[str, Callable[[JsonObject], Auth | None]]] = {
    "apikey": _api_key,
    "chatgpt": partial(_chatgpt, external=False),
    "chatgptAuthTokens": partial(_chatgpt, external=True),
    IDENTITY_MODE: lambda file: parse_identity(file.get("agent_identity")),
    PERSONAL_MODE: lambda file: parse_personal_token(file.get("personal_access_token")),
    KEY_MODE: parse_key,
    ACCESS_MODE: parse_access,
}
_SIGNS: Final = {
    "OPENAI_API_KEY": "apikey",
    "personal_access_token": PERSONAL_MODE,
    "bedrock_api_key": KEY_MODE,
    "bedrock_access_keys": ACCESS_MODE,
}


def _implied_mode(file: JsonObject) -> str:
    """What a file without a mode is taken for."""
    return next((mode for key, mode in _SIGNS.items() if file.get(key)), "chatgpt")
