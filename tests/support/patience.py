"""How long a test of a server waits for what has to come, in seconds.

Long, so that a busy machine fails no test; short where a server is known not to do what the test waits for.
"""

from collections.abc import Generator
from contextlib import contextmanager

LONG = 30.0
SHORT = 3.0


class _Patience:
    seconds = LONG


def patience() -> float:
    """The time to wait by now."""
    return _Patience.seconds


@contextmanager
def little_patience() -> Generator[None]:
    """What is waited for in here is not expected to come."""
    _Patience.seconds = SHORT
    try:
        yield
    finally:
        _Patience.seconds = LONG
