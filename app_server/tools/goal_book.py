"""What the tools for goals ask of the thread. Implemented by `agent.goals`."""

from typing import Protocol

from protocol.goal import ThreadGoal


class GoalBook(Protocol):
    """The goal of one thread, as its model may use it."""

    @property
    def current(self) -> ThreadGoal | None: ...

    async def create(self, objective: str, token_budget: int | None) -> ThreadGoal:
        """A goal where there is none. Raises ToolRefusal."""
        ...

    async def complete(self) -> ThreadGoal:
        """The goal is reached. Raises ToolRefusal when there is none."""
        ...
