"""Who is logged in, and how a login is read from the reference's `auth.json` (model-client.md §9.1, §9.2).

Nothing here is ever shown: neither a `repr` nor an error holds a key or a token.
"""

import base64
from collections.abc import Callable
from pathlib import Path
from typing import Final, NamedTuple

import orjson

from app_server.model.auth_storage import AuthStorage, storage_for
from protocol.wire import JsonObject, JsonValue

_CLAIMS: Final = "https://api.openai.com/auth"
_PROFILE: Final = "https://api.openai.com/profile"
_PLAN_NAMES: Final = {"hc": "enterprise", "education": "edu"}
_PLANS: Final = frozenset(
    {
        *("free", "go", "plus", "pro", "prolite", "team", "business", "enterprise", "edu"),
        *("self_serve_business_usage_based", "enterprise_cbp_usage_based"),
    }
)


class ApiKeyAuth(NamedTuple):
    """A login with an API key."""

    key: str

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

    def __repr__(self) -> str:
        return f"ChatGptAuth(plan={self.plan!r})"

    def is_same_account(self, other: "Auth | None") -> bool:
        """Whether the other login is of the same account; only its tokens may differ."""
        return isinstance(other, ChatGptAuth) and other.account_id == self.account_id


Auth = ApiKeyAuth | ChatGptAuth


class AuthStore:
    """Owns what is known of the login: one that a client gave for this process, else the one that is kept.

    What another process writes is noticed when somebody next asks (promise D10); a file that is missing or
    broken counts as logged out, but one that breaks while we look at it changes nothing.
    """

    def __init__(self, codex_home: Path, kind: str = "file") -> None:
        """`kind` is the `cli_auth_credentials_store` of the configuration."""
        self.codex_home = codex_home
        self.on_change: Callable[[], None] | None = None
        """Called when it is noticed that somebody logged in or out elsewhere."""
        self._storage: AuthStorage = storage_for(kind, codex_home)
        self._external: ChatGptAuth | None = None
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
        stamp = self._storage.stamp()
        if stamp != self._stamp:
            self._take_change(stamp)
        return self._auth

    def reload(self) -> Auth | None:
        """Read what is kept again. A login that the client gave stays what it is."""
        self._read = True
        self._stamp = self._storage.stamp()
        login = self._storage.load()
        self._auth = None if login is None else parse_auth(login)
        return self._external or self._auth

    def holds_agent_identity(self) -> bool:
        """Whether what is kept is a login of the one kind that we cannot use. Reads what is kept."""
        return (self._storage.load() or {}).get("auth_mode") == "agentIdentity"

    def save(self, login: JsonObject) -> None:
        """Keep this `auth.json`, in place of any login there is. Blocks. Raises StorageError."""
        self._storage.save(login)
        self._external = None
        self.reload()

    def save_tokens(self, given: JsonObject, now: str) -> None:
        """Keep renewed tokens; those that were not given stay. Blocks. Raises StorageError."""
        login = self._storage.load() or {}
        tokens = _object(login.get("tokens"))
        fresh = {name: given[name] for name in _TOKENS if _text(given.get(name))}
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


def _shown(auth: Auth | None) -> tuple[object, ...]:
    account = auth.account_id if isinstance(auth, ChatGptAuth) else None
    return mode_of(auth), plan_of(auth), account


def mode_of(auth: Auth | None) -> str | None:
    """The wire's `AuthMode` of a login."""
    match auth:
        case ApiKeyAuth():
            return "apikey"
        case ChatGptAuth(external=external):
            return "chatgptAuthTokens" if external else "chatgpt"
        case None:
            return None


def plan_of(auth: Auth | None) -> str | None:
    """The wire's `PlanType` of a login; a key has none."""
    return auth.plan if isinstance(auth, ChatGptAuth) else None


def parse_auth(file: JsonObject) -> Auth | None:
    """The login of an `auth.json`, or None when it holds none that we can use."""
    key = _text(file.get("OPENAI_API_KEY"))
    mode = file.get("auth_mode")
    if mode is None:
        mode = "apikey" if key else "chatgpt"
    match mode:
        case "apikey":
            return ApiKeyAuth(key) if key else None
        case "chatgpt" | "chatgptAuthTokens":
            return _chatgpt(file, external=mode == "chatgptAuthTokens")
        case _:
            return None


def jwt_claims(token: str) -> JsonObject | None:
    """The claims of a JWT, its signature unchecked; None when it is no JWT."""
    parts = token.split(".")
    if len(parts) != 3 or not all(parts):
        return None
    try:
        value: JsonValue = orjson.loads(base64.urlsafe_b64decode(parts[1] + "=" * (-len(parts[1]) % 4)))
    except ValueError:
        return None
    return value if isinstance(value, dict) else None


def expires_at(token: str) -> float | None:
    """When a token ends, in Unix seconds; None when it does not say."""
    ends = (jwt_claims(token) or {}).get("exp")
    return float(ends) if isinstance(ends, int | float) and not isinstance(ends, bool) else None


def workspace_of(id_token: str) -> str | None:
    """The account that an id token was given out for."""
    return _text(_object((jwt_claims(id_token) or {}).get(_CLAIMS)).get("chatgpt_account_id"))


def external_auth(access_token: str, account_id: str, plan: str | None) -> ChatGptAuth | None:
    """The login of tokens that a client owns; None when the access token is no JWT (model-client.md §9.5)."""
    claims = jwt_claims(access_token)
    if claims is None:
        return None
    found = _from_claims(access_token, claims)
    return found._replace(
        account_id=account_id, external=True, plan=found.plan if plan is None else plan_type(plan)
    )


def plan_type(claim: JsonValue) -> str:
    """The wire's name of a plan; a plan that the wire does not know is `unknown`."""
    name = claim.lower() if isinstance(claim, str) else ""
    name = _PLAN_NAMES.get(name, name)
    return name if name in _PLANS else "unknown"


def _chatgpt(file: JsonObject, *, external: bool) -> ChatGptAuth | None:
    tokens = file.get("tokens")
    if not isinstance(tokens, dict):
        return None
    access_token, id_token = _text(tokens.get("access_token")), _text(tokens.get("id_token"))
    claims = None if id_token is None else jwt_claims(id_token)
    if access_token is None or claims is None:
        return None
    return _from_claims(access_token, claims)._replace(
        account_id=_text(tokens.get("account_id")),
        external=external,
        refresh_token=_text(tokens.get("refresh_token")),
        last_refresh=_text(file.get("last_refresh")),
    )


def _from_claims(access_token: str, claims: JsonObject) -> ChatGptAuth:
    account, profile = _object(claims.get(_CLAIMS)), _object(claims.get(_PROFILE))
    return ChatGptAuth(
        access_token=access_token,
        email=_text(claims.get("email")) or _text(profile.get("email")),
        plan=plan_type(account.get("chatgpt_plan_type")),
        user_id=_text(account.get("chatgpt_user_id")) or _text(account.get("user_id")),
        is_fedramp=account.get("chatgpt_account_is_fedramp") is True,
    )


def _text(value: JsonValue) -> str | None:
    return value if isinstance(value, str) and value else None


def _object(value: JsonValue) -> JsonObject:
    return value if isinstance(value, dict) else {}
