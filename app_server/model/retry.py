"""How long to wait before trying again (model-client.md §4)."""

from collections.abc import Callable, Mapping
from typing import Final

_BASE_SECONDS: Final = 0.2
LONGEST_SECONDS: Final = 60.0
"""A provider may ask for more, but a turn that does nothing for longer looks dead to its user."""


def backoff(attempt: int, jitter: Callable[[], float] | None = None) -> float:
    """Seconds before retry number `attempt` (from 1): 0.2, 0.4, 0.8, …, each spread by a tenth both ways."""
    if jitter is None:
        from random import uniform  # only failing requests need it

        return _BASE_SECONDS * 2.0 ** (attempt - 1) * uniform(0.9, 1.1)  # noqa: S311  # no secret depends on it
    return _BASE_SECONDS * 2.0 ** (attempt - 1) * jitter()


def retry_after(headers: Mapping[str, str], now: float | None = None) -> float | None:
    """Seconds that a provider wants to be left alone, from `Retry-After` as a number or as a date.

    None when it says nothing that makes sense, and when that time is over: then the back-off decides.
    `now` is in seconds since 1970.
    """
    value = headers.get("retry-after", "").strip()
    if not value:
        return None
    seconds = float(value) if value.isascii() and value.isdigit() else _until(value, now)
    return None if seconds is None or seconds <= 0 else min(seconds, LONGEST_SECONDS)


def _until(date: str, now: float | None) -> float | None:
    import time  # only a provider that refuses sends dates
    from datetime import UTC
    from email.utils import parsedate_to_datetime

    try:
        then = parsedate_to_datetime(date)
        then = then.replace(tzinfo=then.tzinfo or UTC).timestamp()
    except (ValueError, OverflowError):
        return None
    return then - (time.time() if now is None else now)
