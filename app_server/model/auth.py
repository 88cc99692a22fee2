"""Who is logged in: the reference's `auth.json`, which is only read here (model-client.md §9.1, §9.2).

A file that is missing, unreadable or broken counts as logged out. Logging in, refreshing and the keyring are
not built yet.
"""

import base64
from pathlib import Path
from typing import Final, NamedTuple

import orjson

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

    def __repr__(self) -> str:
        return f"ChatGptAuth(plan={self.plan!r})"


Auth = ApiKeyAuth | ChatGptAuth


class AuthStore:
    """Owns what is known of the login. The file is read once; `reload` looks again."""

    def __init__(self, codex_home: Path) -> None:
        self._path = codex_home / "auth.json"
        self._auth: Auth | None = None
        self._read = False

    @property
    def current(self) -> Auth | None:
        """The login, or None when logged out."""
        if not self._read:
            self.reload()
        return self._auth

    def reload(self) -> Auth | None:
        """Read the file again, because a login elsewhere may have changed it."""
        self._read = True
        self._auth = self._load()
        return self._auth

    def _load(self) -> Auth | None:
        try:
            value: JsonValue = orjson.loads(self._path.read_bytes())
        except (OSError, ValueError):
            return None
        return parse_auth(value) if isinstance(value, dict) else None


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
            return _chatgpt(file.get("tokens"), external=mode == "chatgptAuthTokens")
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


def _chatgpt(tokens: JsonValue, *, external: bool) -> ChatGptAuth | None:
    if not isinstance(tokens, dict):
        return None
    access_token, id_token = _text(tokens.get("access_token")), _text(tokens.get("id_token"))
    claims = None if id_token is None else jwt_claims(id_token)
    if access_token is None or claims is None:
        return None
    account, profile = _object(claims.get(_CLAIMS)), _object(claims.get(_PROFILE))
    return ChatGptAuth(
        access_token=access_token,
        account_id=_text(tokens.get("account_id")),
        email=_text(claims.get("email")) or _text(profile.get("email")),
        plan=plan_type(account.get("chatgpt_plan_type")),
        user_id=_text(account.get("chatgpt_user_id")) or _text(account.get("user_id")),
        is_fedramp=account.get("chatgpt_account_is_fedramp") is True,
        external=external,
    )


def plan_type(claim: JsonValue) -> str:
    """The wire's name of a plan; a plan that the wire does not know is `unknown`."""
    name = claim.lower() if isinstance(claim, str) else ""
    name = _PLAN_NAMES.get(name, name)
    return name if name in _PLANS else "unknown"


def _text(value: JsonValue) -> str | None:
    return value if isinstance(value, str) and value else None


def _object(value: JsonValue) -> JsonObject:
    return value if isinstance(value, dict) else {}
