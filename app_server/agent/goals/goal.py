"""A goal as a value, and the rules by which it changes (threads-and-turns.md §3.12)."""

from collections.abc import Callable
from dataclasses import asdict, dataclass, replace
from typing import Final, cast

from app_server.agent.errors import AgentError
from app_server.config.config import UNSET, Unset
from protocol.goal import ThreadGoal, ThreadGoalStatus
from protocol.wire import JsonObject, JsonValue

LONGEST_OBJECTIVE: Final = 4_000
"""Characters."""
SPENDING: Final = frozenset({"active", "budgetLimited"})
"""The states in which what turns take counts."""


class GoalRefusedError(AgentError):
    """The goal cannot be so; the text is for client and model alike."""


@dataclass(frozen=True, slots=True)
class Goal:
    """Times are Unix seconds."""

    objective: str
    status: ThreadGoalStatus
    token_budget: int | None
    created_at: int
    updated_at: int
    tokens_used: int = 0
    seconds_used: int = 0

    def to_wire(self, thread_id: str) -> ThreadGoal:
        return ThreadGoal(
            thread_id=thread_id,
            objective=self.objective,
            status=self.status,
            token_budget=self.token_budget,
            tokens_used=self.tokens_used,
            time_used_seconds=self.seconds_used,
            created_at=self.created_at,
            updated_at=self.updated_at,
        )

    def to_record(self) -> JsonObject:
        return asdict(self)

    @property
    def remaining(self) -> int | None:
        """The tokens left; None without a budget."""
        return None if self.token_budget is None else max(0, self.token_budget - self.tokens_used)

    def spend(self, tokens: int, seconds: int, now: int) -> "Goal":
        """With so much more used; a goal whose budget that uses up is limited by it."""
        return within_budget(
            replace(
                self,
                tokens_used=self.tokens_used + tokens,
                seconds_used=self.seconds_used + seconds,
                updated_at=now,
            )
        )


def within_budget(goal: Goal) -> Goal:
    """The goal, which is not active any more if its budget is used up."""
    if goal.status == "active" and goal.remaining == 0:
        return replace(goal, status="budgetLimited")
    return goal


@dataclass(frozen=True, slots=True)
class GoalChange:
    """What somebody wants of a goal. What is None stays, and so does an unset budget."""

    objective: str | None = None
    status: ThreadGoalStatus | None = None
    token_budget: int | Unset | None = UNSET

    def checked(self) -> "GoalChange":
        """Raises GoalRefusedError."""
        objective = None if self.objective is None else self.objective.strip()
        if objective == "":
            raise GoalRefusedError("goal objective must not be empty")
        if objective is not None and len(objective) > LONGEST_OBJECTIVE:
            raise GoalRefusedError(f"goal objective must be at most {LONGEST_OBJECTIVE} characters")
        if isinstance(self.token_budget, int) and self.token_budget <= 0:
            raise GoalRefusedError("goal budgets must be positive when provided")
        return replace(self, objective=objective)

    def applied(self, goal: Goal | None, now: int) -> Goal | None:
        """The goal then; None when there is none to change. `self` is checked."""
        budget = None if isinstance(self.token_budget, Unset) else self.token_budget
        if goal is None:
            if self.objective is None:
                return None
            return within_budget(Goal(self.objective, self.status or "active", budget, now, now))
        changed = replace(
            goal,
            objective=self.objective or goal.objective,
            status=self.status or goal.status,
            token_budget=goal.token_budget if isinstance(self.token_budget, Unset) else budget,
            updated_at=now,
        )
        return within_budget(changed)


def goal_of(record: JsonObject | None) -> Goal | None:
    """A goal that was kept; None for a record that is none."""
    match record:
        case {"objective": str(objective), "status": str(status)}:
            whole = _whole(record)
            return Goal(
                objective,
                cast("ThreadGoalStatus", status),
                whole("token_budget"),
                whole("created_at") or 0,
                whole("updated_at") or 0,
                whole("tokens_used") or 0,
                whole("seconds_used") or 0,
            )
        case _:
            return None


def _whole(record: JsonObject) -> Callable[[str], int | None]:
    def number(key: str) -> int | None:
        value: JsonValue = record.get(key)
        return value if isinstance(value, int) else None

    return number
