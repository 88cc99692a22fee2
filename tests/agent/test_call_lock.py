"""Calls run in the order in which they were made: shared ones together, any other one alone."""

from hypothesis import given
from hypothesis import strategies as st

from app_server.agent.call_lock import CallLock, Place


def granted(*places: Place) -> list[bool]:
    return [place.granted.is_set() for place in places]


async def test_shared_calls_run_together() -> None:
    lock = CallLock()

    assert granted(*[lock.enter(shared=True) for _ in range(3)]) == [True, True, True]


async def test_an_exclusive_call_waits_for_all_before_it_and_holds_up_all_after_it() -> None:
    lock = CallLock()
    first, second = lock.enter(shared=True), lock.enter(shared=True)
    alone, later = lock.enter(shared=False), lock.enter(shared=True)

    lock.leave(first)
    before = granted(alone, later)
    lock.leave(second)
    during = granted(alone, later)
    lock.leave(alone)

    assert (before, during, granted(later)) == ([False, False], [True, False], [True])


async def test_a_call_that_gives_up_waiting_lets_the_next_one_through() -> None:
    lock = CallLock()
    running, gave_up, next_one = (lock.enter(shared=shared) for shared in (True, False, True))

    lock.leave(gave_up)

    assert granted(running, next_one) == [True, True]


@given(st.lists(st.tuples(st.booleans(), st.integers(0, 3)), max_size=12))
async def test_whatever_happens_nobody_is_overtaken_and_nobody_is_forgotten(
    steps: list[tuple[bool, int]],
) -> None:
    lock = CallLock()
    running: list[Place] = []
    queue: list[Place] = []

    def settle() -> None:
        while queue and queue[0].granted.is_set():
            running.append(queue.pop(0))
        assert not any(place.granted.is_set() for place in queue)
        assert all(place.shared for place in running) or len(running) == 1
        assert running or not queue

    for shared, leaving in steps:
        queue.append(lock.enter(shared=shared))
        settle()
        for _ in range(min(leaving, len(running))):
            lock.leave(running.pop(0))
            settle()
