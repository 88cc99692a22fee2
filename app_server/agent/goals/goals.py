"""The goal of a thread, as its turns, its clients and its model know it. Implemented by `GoalKeeper`."""

from collections.abc import Callable
from typing import Protocol

from app_server.agent.active_turn import ActiveTurn
from app_server.agent.goals.goal import GoalChange
from app_server.tools.goal_book import GoalBook
from protocol.goal import ThreadGoal
from protocol.wire import WireModel


class Goals(GoalBook, Protocol):
    """What a thread that may have a goal keeps of it."""

    async def set(self, change: GoalChange) -> ThreadGoal:
        """Change the goal, or make one. Raises GoalRefusedError and StoreError. Nobody is told yet."""
        ...

    async def clear(self) -> bool:
        """Whether there was one. Raises StoreError. Nobody is told yet."""
        ...

    def announce(self, turn_id: str | None = None, *, to: Callable[[WireModel], None] | None = None) -> None:
        """Tell everybody, or whoever is named, what the goal is, or that there is none."""
        ...

    def go_on(self) -> None:
        """Begin a turn for an active goal where none runs."""
        ...

    def turn_begins(self) -> None:
        """From here on a turn's time counts."""
        ...

    async def answered(self, turn: ActiveTurn) -> None:
        """The calls of an answer have ended; the model hears of it if that used the budget up."""
        ...

    async def turn_ends(self) -> None:
        """What the turn took is counted."""
        ...
