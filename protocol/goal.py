"""goal"""

from typing import Literal

from protocol.wire import I64, WireModel

ThreadGoalStatus = Literal["active", "paused", "blocked", "usageLimited", "budgetLimited", "complete"]


class ThreadGoal(WireModel):
    """ThreadGoal."""

    thread_id: str
    objective: str
    status: ThreadGoalStatus
    token_budget: I64 | None = None
    tokens_used: I64
    time_used_seconds: I64
    created_at: I64
    updated_at: I64


ThreadGoalMutationOrigin = Literal["user", "automatic"]


class ThreadGoalClearParams(WireModel):
    """ThreadGoalClearParams."""

    thread_id: str
    origin: ThreadGoalMutationOrigin | None = None


class ThreadGoalClearResponse(WireModel):
    """ThreadGoalClearResponse."""

    cleared: bool


class ThreadGoalClearedNotification(WireModel):
    """ThreadGoalClearedNotification."""

    thread_id: str


class ThreadGoalGetParams(WireModel):
    """ThreadGoalGetParams."""

    thread_id: str


class ThreadGoalGetResponse(WireModel):
    """ThreadGoalGetResponse."""

    goal: ThreadGoal | None = None


class ThreadGoalSetParams(WireModel):
    """ThreadGoalSetParams."""

    thread_id: str
    origin: ThreadGoalMutationOrigin | None = None
    objective: str | None = None
    status: ThreadGoalStatus | None = None
    token_budget: I64 | None = None


class ThreadGoalSetResponse(WireModel):
    """ThreadGoalSetResponse."""

    goal: ThreadGoal


class ThreadGoalUpdatedNotification(WireModel):
    """ThreadGoalUpdatedNotification."""

    thread_id: str
    turn_id: str | None = None
    goal: ThreadGoal
