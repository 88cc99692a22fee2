"""Who runs when: requests with one key run in the order of their arrival (connection.md §5).

Exclusive entries run alone; shared ones run together, but never pass an exclusive one that waits before them.
"""

from collections import deque
from collections.abc import Callable, Hashable


class Place:
    """An entry's place in its queue, from entering until `leave`."""

    __slots__ = ("_lane", "_start", "shared")

    def __init__(self, lane: "_Lane | None", shared: bool, start: Callable[[], None]) -> None:
        self._lane = lane
        self._start: Callable[[], None] | None = start
        self.shared = shared

    @property
    def waiting(self) -> bool:
        """Whether it has neither been started nor left."""
        return self._start is not None

    def start(self) -> None:
        """For the lane only: the entry's turn has come."""
        start, self._start = self._start, None
        if start is not None:
            start()

    def leave(self) -> None:
        """Done, or no longer wanted: those behind it go on. Again is harmless."""
        lane, self._lane = self._lane, None
        was_waiting, self._start = self.waiting, None
        if lane is not None:
            lane.left(self, was_waiting)


class _Lane:
    """The queue of one key."""

    __slots__ = ("_drop", "_running", "_running_exclusive", "_waiting")

    def __init__(self, drop: Callable[[], None]) -> None:
        self._drop = drop
        self._waiting: deque[Place] = deque()
        self._running = 0
        self._running_exclusive = False

    def enter(self, place: Place) -> None:
        self._waiting.append(place)
        self._advance()

    def left(self, place: Place, was_waiting: bool) -> None:
        if was_waiting:
            self._waiting.remove(place)
        else:
            self._running -= 1
            self._running_exclusive = False
        self._advance()
        if not self._running and not self._waiting:
            self._drop()

    def _advance(self) -> None:
        while self._waiting and not self._running_exclusive:
            place = self._waiting[0]
            if self._running and not place.shared:
                return
            self._waiting.popleft()
            self._running += 1
            self._running_exclusive = not place.shared
            place.start()


class OrderedQueues:
    """All queues of the process, each there only as long as it has entries."""

    def __init__(self) -> None:
        self._lanes: dict[Hashable, _Lane] = {}

    def enter(self, key: Hashable | None, shared: bool, start: Callable[[], None]) -> Place:
        """Have `start` called when the entry's turn has come, which may be now. No key: now.

        The entry keeps its place until `leave` is called on what this returns; `start` must not call it
        itself, but may have it called later.
        """
        if key is None:
            place = Place(None, shared, start)
            place.start()
            return place
        lane = self._lanes.get(key)
        if lane is None:
            lane = self._lanes[key] = _Lane(lambda: self._drop(key))
        place = Place(lane, shared, start)
        lane.enter(place)
        return place

    def _drop(self, key: Hashable) -> None:
        self._lanes.pop(key, None)
