"""How long to wait before trying again (model-client.md §4)."""

from collections.abc import Callable
from typing import Final

_BASE_SECONDS: Final = 0.2


def backoff(attempt: int, jitter: Callable[[], float] | None = None) -> float:
    """Seconds before retry number `attempt` (from 1): 0.2, 0.4, 0.8, …, each spread by a tenth both ways."""
    if jitter is None:
        from random import uniform  # only failing requests need it

        return _BASE_SECONDS * 2.0 ** (attempt - 1) * uniform(0.9, 1.1)  # noqa: S311  # no secret depends on it
    return _BASE_SECONDS * 2.0 ** (attempt - 1) * jitter()
