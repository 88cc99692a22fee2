"""How much of an account's allowance is used, as an upstream tells it (model-client.md §3.3)."""

import math
from collections.abc import Mapping
from typing import Final, NamedTuple

from protocol.wire import JsonObject, JsonValue

DEFAULT_LIMIT: Final = "codex"
_FAMILY_MARK: Final = "-primary-used-percent"
_BOOLEANS: Final = {"true": True, "1": True, "false": False, "0": False}
_MOST_PERCENT: Final = 2**31 - 1
"""As much as the wire's number holds; times and spans have 64 bits there."""


class RateLimitWindow(NamedTuple):
    """One window of a limit. `resets_at` is in Unix seconds."""

    used_percent: float
    window_minutes: int | None = None
    resets_at: int | None = None


class Credits(NamedTuple):
    has_credits: bool
    unlimited: bool
    balance: str | None = None


class RateLimits(NamedTuple):
    """A snapshot of one limit; all-None is what an upstream without such headers gives."""

    limit_id: str = DEFAULT_LIMIT
    limit_name: str | None = None
    primary: RateLimitWindow | None = None
    secondary: RateLimitWindow | None = None
    credits: Credits | None = None
    plan_type: str | None = None

    @property
    def is_told(self) -> bool:
        """Whether it says anything."""
        return not (self.primary is None and self.secondary is None and self.credits is None)

    def after(self, previous: "RateLimits | None") -> "RateLimits":
        """This snapshot in place of the previous one, which lends only what this one does not say."""
        if previous is None:
            return self
        return self._replace(
            credits=self.credits or previous.credits, plan_type=self.plan_type or previous.plan_type
        )

    def to_wire(self) -> JsonObject:
        """The `RateLimitSnapshot` of `account/rateLimits/updated`."""
        return {
            "limitId": self.limit_id,
            "limitName": self.limit_name,
            "primary": _window_to_wire(self.primary),
            "secondary": _window_to_wire(self.secondary),
            "credits": None
            if self.credits is None
            else {
                "hasCredits": self.credits.has_credits,
                "unlimited": self.credits.unlimited,
                "balance": self.credits.balance,
            },
            "planType": self.plan_type,
            "rateLimitReachedType": None,
        }

    def to_record(self) -> JsonObject:
        """The `rate_limits` of a rollout's `token_count` line."""
        return {
            "limit_id": self.limit_id,
            "limit_name": self.limit_name,
            "primary": _window_to_record(self.primary),
            "secondary": _window_to_record(self.secondary),
            "credits": None
            if self.credits is None
            else {
                "has_credits": self.credits.has_credits,
                "unlimited": self.credits.unlimited,
                "balance": self.credits.balance,
            },
            "plan_type": self.plan_type,
            "rate_limit_reached_type": None,
        }


def from_headers(headers: Mapping[str, str]) -> tuple[RateLimits, ...]:
    """Every family of limits in a response's headers: `codex` first and always, then the others by name.

    Of the others, one whose numbers say nothing is none.
    """
    families = {name[2 : -len(_FAMILY_MARK)] for name in headers if _names_family(name)}
    others = (of_family(headers, family) for family in sorted(families) if family != DEFAULT_LIMIT)
    return (of_family(headers, DEFAULT_LIMIT), *(limits for limits in others if limits.is_told))


def of_family(headers: Mapping[str, str], family: str) -> RateLimits:
    """The limit of one family, named as headers spell it (`-`, where ids have `_`)."""
    family = family.lower().replace("_", "-")
    return RateLimits(
        limit_id=family.replace("-", "_"),
        limit_name=headers.get(f"x-{family}-limit-name", "").strip() or None,
        primary=_window(headers, f"x-{family}-primary"),
        secondary=_window(headers, f"x-{family}-secondary"),
        credits=_credits(headers),
    )


def _names_family(name: str) -> bool:
    return name.startswith("x-") and name.endswith(_FAMILY_MARK) and len(name) > len(_FAMILY_MARK) + 2


def _window(headers: Mapping[str, str], prefix: str) -> RateLimitWindow | None:
    used = _number(headers.get(f"{prefix}-used-percent"))
    if used is None:
        return None
    minutes = _integer(headers.get(f"{prefix}-window-minutes"))
    resets_at = _integer(headers.get(f"{prefix}-reset-at"))
    if used == 0 and not minutes and resets_at is None:
        return None
    return RateLimitWindow(used, minutes, resets_at)


def _credits(headers: Mapping[str, str]) -> Credits | None:
    has_credits = _BOOLEANS.get(headers.get("x-codex-credits-has-credits", "").lower())
    unlimited = _BOOLEANS.get(headers.get("x-codex-credits-unlimited", "").lower())
    if has_credits is None or unlimited is None:
        return None
    return Credits(has_credits, unlimited, headers.get("x-codex-credits-balance", "").strip() or None)


def _number(text: str | None) -> float | None:
    try:
        value = float(_plain(text))
    except ValueError:
        return None
    return value if math.isfinite(value) else None


def _integer(text: str | None) -> int | None:
    try:
        return int(_plain(text))
    except ValueError:
        return None


def _plain(text: str | None) -> str:
    """Without the separators of digits that only Python knows."""
    return "" if text is None or "_" in text else text


def _window_to_wire(window: RateLimitWindow | None) -> JsonValue:
    if window is None:
        return None
    return {
        "usedPercent": _whole(window.used_percent),
        "windowDurationMins": _told(window.window_minutes),
        "resetsAt": _told(window.resets_at),
    }


def _window_to_record(window: RateLimitWindow | None) -> JsonValue:
    if window is None:
        return None
    return {
        "used_percent": window.used_percent,
        "window_minutes": _told(window.window_minutes),
        "resets_at": _told(window.resets_at),
    }


def _whole(percent: float) -> int:
    """Rounded as the wire has it, half away from zero; what is beyond its numbers is at their end."""
    inside = max(-_MOST_PERCENT, min(percent, _MOST_PERCENT))
    return int(math.copysign(math.floor(abs(inside) + 0.5), inside))


def _told(number: int | None) -> int | None:
    """A number that no client could read is not told: an odd provider must not fail a turn."""
    return number if number is not None and -(2**63) <= number < 2**63 else None
