"""One endpoint of the upstream: its script, and what it was asked."""

import threading
from collections.abc import Callable

from support.patience import patience
from support.upstream.asked import Asked
from support.upstream.replies import Reply


class Endpoint:
    """Takes the next reply of its script for each request, or `usual` when there is none left."""

    def __init__(self, usual: Callable[[Asked], Reply]) -> None:
        self.usual = usual
        self._replies: list[Reply] = []
        self._asked: list[Asked] = []
        self._changed = threading.Condition()

    def script(self, *replies: Reply) -> None:
        """Add replies for the requests to come."""
        with self._changed:
            self._replies.extend(replies)

    @property
    def asked(self) -> list[Asked]:
        """What came so far, in order of arrival."""
        with self._changed:
            return list(self._asked)

    def wait_asked(self, count: int) -> list[Asked]:
        """Wait until there were so many requests."""
        with self._changed:
            assert self._changed.wait_for(lambda: len(self._asked) >= count, patience()), (
                f"{len(self._asked)} of {count} requests came"
            )
            return list(self._asked)

    def answer(self, asked: Asked) -> Reply:
        with self._changed:
            self._asked.append(asked)
            self._changed.notify_all()
            if self._replies:
                return self._replies.pop(0)
        return self.usual(asked)
