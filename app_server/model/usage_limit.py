"""The sentence for an account that has used up its allowance (model-client.md §4.1)."""

import time
from collections.abc import Callable, Mapping
from typing import Final

from app_server.model.errors import ModelError
from app_server.model.rate_limits import DEFAULT_LIMIT, of_family
from protocol.wire import JsonValue

_MONTHS: Final = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
_REACHED: Final = "You've hit your usage limit."
_MORE_CREDITS: Final = "visit https://chatgpt.com/codex/settings/usage to purchase more credits"
_BY_PLAN: Final[Mapping[str, str]] = {
    "plus": f"Upgrade to Pro (https://chatgpt.com/explore/pro), {_MORE_CREDITS}",
    **dict.fromkeys(
        ("team", "self_serve_business_usage_based", "business", "enterprise_cbp_usage_based"),
        "To get more access now, send a request to your admin",
    ),
    **dict.fromkeys(
        ("free", "go"), "Upgrade to Plus to continue using Codex (https://chatgpt.com/explore/plus),"
    ),
    **dict.fromkeys(("pro", "prolite"), f"V{_MORE_CREDITS[1:]}"),
}


def usage_limit_reached(
    error: Mapping[str, JsonValue],
    headers: Mapping[str, str],
    *,
    now: Callable[[], float] = time.time,
) -> ModelError:
    """The error of a 429 whose body says `usage_limit_reached`; it carries the limit that was hit."""
    limits = of_family(headers, headers.get("x-codex-active-limit", "").strip() or DEFAULT_LIMIT)
    resets_at = value if isinstance(value := error.get("resets_at"), int) else None
    plan = value if isinstance(value := error.get("plan_type"), str) else None
    when = None if resets_at is None else _local_time(resets_at, now())
    alternative = " or try again later." if when is None else f" or try again at {when}."
    if limits.limit_name is not None and limits.limit_name.lower() != DEFAULT_LIMIT:
        text = (
            f"You've hit your usage limit for {limits.limit_name}. Switch to another model now,{alternative}"
        )
    elif promo := headers.get("x-codex-promo-message", "").strip():
        text = f"{_REACHED} {promo},{alternative}"
    elif offer := _BY_PLAN.get((plan or "").lower()):
        text = f"{_REACHED} {offer}{alternative}"
    else:
        text = f"{_REACHED} Try again later." if when is None else f"{_REACHED} Try again at {when}."
    return ModelError(text, "usageLimitExceeded", http_status=429, rate_limits=limits)


def _local_time(moment: int, now: float) -> str | None:
    """`7:06 AM` on the same day, else `Oct 2nd, 2096 7:06 AM`; None if no calendar has such a time."""
    from datetime import datetime  # only an exhausted account needs it

    try:
        then = datetime.fromtimestamp(moment).astimezone()
    except (OverflowError, OSError, ValueError):
        return None
    clock = f"{then.hour % 12 or 12}:{then.minute:02} {'AM' if then.hour < 12 else 'PM'}"
    if then.date() == datetime.fromtimestamp(now).astimezone().date():
        return clock
    month = _MONTHS[then.month - 1]
    ending = "th" if 11 <= then.day <= 13 else {1: "st", 2: "nd", 3: "rd"}.get(then.day % 10, "th")
    return f"{month} {then.day}{ending}, {then.year} {clock}"
