"""Which calls of one response may run at the same time (tools.md §2.6)."""

from collections import deque
from dataclasses import dataclass, field

import anyio


@dataclass(eq=False, slots=True)
class Place:
    """A call's place in the queue."""

    shared: bool
    granted: anyio.Event = field(default_factory=anyio.Event)


class CallLock:
    """Calls run in the order in which they were made: shared ones together, any other one alone.

    Fair: a call never overtakes one that was made before it.
    """

    def __init__(self) -> None:
        self._waiting: deque[Place] = deque()
        self._running: set[Place] = set()

    def enter(self, *, shared: bool) -> Place:
        """Queue up. The call may run once its place is granted, and gives it back with `leave`."""
        place = Place(shared)
        self._waiting.append(place)
        self._grant()
        return place

    def leave(self, place: Place) -> None:
        """The call has ended, or will never run."""
        if place in self._running:
            self._running.remove(place)
        else:
            self._waiting.remove(place)
        self._grant()

    def _grant(self) -> None:
        while self._waiting and self._fits(self._waiting[0]):
            place = self._waiting.popleft()
            self._running.add(place)
            place.granted.set()

    def _fits(self, place: Place) -> bool:
        return not self._running or (place.shared and all(one.shared for one in self._running))
