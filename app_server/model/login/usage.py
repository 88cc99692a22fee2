"""How much of an account's allowance is used, asked of the account's backend (model-client.md §9.6)."""

import math
from typing import Final

from app_server.http.message import HttpError, shown_url
from app_server.model.login.issuer import Caller, IssuerAnswer
from app_server.model.rate_limits import DEFAULT_LIMIT, Credits, RateLimits, RateLimitWindow
from app_server.model.token_claims import plan_type
from protocol.wire import JsonObject, JsonValue

_PATHS: Final = {True: "wham/usage", False: "api/codex/usage"}


class UsageError(Exception):
    """The limits cannot be told."""


async def read_usage(
    caller: Caller, base_url: str, headers: tuple[tuple[str, bytes], ...]
) -> tuple[RateLimits, ...]:
    """The limit of the plan itself first, then those of single features. Raises UsageError."""
    base = base_url.rstrip("/")
    url = f"{base}/{_PATHS['/backend-api' in base]}"
    try:
        answer = await caller.send("GET", url, headers=dict(headers), as_originator=False)
    except HttpError as error:
        raise UsageError("the account's backend could not be reached") from error
    if not answer.is_success:
        raise UsageError(f"GET {shown_url(url)} failed: {refusal_of(answer)}")
    if not answer.json:
        raise UsageError(f"GET {shown_url(url)} failed: the answer is no object")
    return _limits(answer.json)


def refusal_of(answer: IssuerAnswer) -> str:
    """An answer that is no success, in the words that clients know."""
    kind, said = answer.headers.get("content-type", ""), answer.body.decode(errors="replace")
    return f"{answer.shown_status}; content-type={kind}; body={said}"


def _limits(usage: JsonObject) -> tuple[RateLimits, ...]:
    plan = plan_type(usage.get("plan_type")) if "plan_type" in usage else None
    first = _limit(usage.get("rate_limit"), DEFAULT_LIMIT, None, plan)._replace(
        credits=_credits(usage.get("credits"))
    )
    more = usage.get("additional_rate_limits")
    others = [one for one in more if isinstance(one, dict)] if isinstance(more, list) else []
    return (
        first,
        *(
            _limit(one.get("rate_limit"), str(one.get("metered_feature")), _text(one.get("limit_name")), plan)
            for one in others
        ),
    )


def _limit(value: JsonValue, limit_id: str, name: str | None, plan: str | None) -> RateLimits:
    table = value if isinstance(value, dict) else {}
    return RateLimits(
        limit_id=limit_id,
        limit_name=name,
        primary=_window(table.get("primary_window")),
        secondary=_window(table.get("secondary_window")),
        plan_type=plan,
    )


def _window(value: JsonValue) -> RateLimitWindow | None:
    if not isinstance(value, dict):
        return None
    used, seconds = _number(value.get("used_percent")), _number(value.get("limit_window_seconds"))
    if used is None:
        return None
    resets = _number(value.get("reset_at"))
    return RateLimitWindow(
        used,
        math.ceil(seconds / 60) if seconds is not None and seconds > 0 else None,
        None if resets is None else int(resets),
    )


def _credits(value: JsonValue) -> Credits | None:
    if not isinstance(value, dict):
        return None
    return Credits(
        value.get("has_credits") is True, value.get("unlimited") is True, _text(value.get("balance"))
    )


def _number(value: JsonValue) -> float | None:
    if not isinstance(value, int | float) or isinstance(value, bool) or not math.isfinite(value):
        return None
    return value


def _text(value: JsonValue) -> str | None:
    return value if isinstance(value, str) and value else None
