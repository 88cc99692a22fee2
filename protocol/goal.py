"""A goal that a thread works towards over several turns."""

from typing import Annotated, Literal

from protocol.wire import I64, Dated, WireModel

ThreadGoalStatus = Annotated[
    Literal["active", "paused", "blocked", "usageLimited", "budgetLimited", "complete"],
    Dated(
        new=(
            "blocked",
            "usageLimited",
        ),
        instead="paused",
    ),
]
"""How far it is, or what stands in the way."""


class ThreadGoal(WireModel):
    """The goal."""

    thread_id: str
    objective: str
    status: ThreadGoalStatus
    token_budget: I64 | None = None
    """Null: no limit."""
    tokens_used: I64
    time_used_seconds: I64
    created_at: I64
    """Unix seconds."""
    updated_at: I64
    """Unix seconds."""


ThreadGoalMutationOrigin = Literal["user", "automatic"]
"""Who wants the change."""


class ThreadGoalClearParams(WireModel):
    """`thread/goal/clear`."""

    thread_id: str
    origin: ThreadGoalMutationOrigin | None = None


class ThreadGoalClearResponse(WireModel):
    """False when there was none."""

    cleared: bool


class ThreadGoalClearedNotification(WireModel):
    """`thread/goal/cleared`."""

    thread_id: str


class ThreadGoalGetParams(WireModel):
    """`thread/goal/get`."""

    thread_id: str


class ThreadGoalGetResponse(WireModel):
    """Null when there is none."""

    goal: ThreadGoal | None = None


class ThreadGoalSetParams(WireModel):
    """`thread/goal/set`: a new goal, or a change of the present one."""

    thread_id: str
    origin: ThreadGoalMutationOrigin | None = None
    objective: str | None = None
    status: ThreadGoalStatus | None = None
    token_budget: I64 | None = None
    """Absent: as before. Null: no limit."""


class ThreadGoalSetResponse(WireModel):
    """The goal as it is now."""

    goal: ThreadGoal


class ThreadGoalUpdatedNotification(WireModel):
    """`thread/goal/updated`."""

    thread_id: str
    turn_id: str | None = None
    """The turn that changed it; null when a client did."""
    goal: ThreadGoal
