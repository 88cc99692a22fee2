"""Work counted in calls, not in seconds: the same on any machine under any load."""

import sys
from collections.abc import Callable


def calls(work: Callable[[], object]) -> int:
    """How many functions `work` calls and returns from, those written in C among them."""
    count = 0

    def step(frame: object, kind: str, argument: object) -> None:
        nonlocal count
        count += 1

    sys.setprofile(step)
    try:
        work()
    finally:
        sys.setprofile(None)
    return count
