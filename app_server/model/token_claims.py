"""What a token says of itself: the claims of a JWT, unchecked, and what the wire calls a plan."""

import base64
from typing import Final

import orjson

from protocol.wire import JsonObject, JsonValue

_PLAN_NAMES: Final = {"hc": "enterprise", "education": "edu"}
_PLANS: Final = frozenset(
    {
        *("free", "go", "plus", "pro", "prolite", "team", "business", "enterprise", "edu"),
        *("self_serve_business_usage_based", "enterprise_cbp_usage_based"),
    }
)


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


def plan_type(claim: JsonValue) -> str:
    """The wire's name of a plan; a plan that the wire does not know is `unknown`."""
    name = claim.lower() if isinstance(claim, str) else ""
    name = _PLAN_NAMES.get(name, name)
    return name if name in _PLANS else "unknown"


def text(value: JsonValue) -> str | None:
    return value if isinstance(value, str) and value else None


def as_object(value: JsonValue) -> JsonObject:
    return value if isinstance(value, dict) else {}
