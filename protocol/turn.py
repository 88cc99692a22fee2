"""One exchange of a thread: input, items, outcome."""

from typing import Literal

from protocol.errors import TurnError
from protocol.item import ThreadItem
from protocol.wire import I64, WireModel

TurnItemsView = Literal["notLoaded", "summary", "full"]
"""How much of the items is there."""

TurnStatus = Literal["completed", "interrupted", "failed", "inProgress"]
"""How far a turn is, or how it ended."""


class Turn(WireModel):
    """One exchange. All keys are always sent."""

    id: str
    root_turn_id: str | None = None
    """The first turn of the chain of work that led to this one."""
    items: list[ThreadItem]
    items_view: TurnItemsView = "full"
    status: TurnStatus
    error: TurnError | None = None
    """Set when it failed."""
    started_at: I64 | None = None
    """Unix seconds."""
    completed_at: I64 | None = None
    """Unix seconds; null while it runs, and when it was never ended properly."""
    duration_ms: I64 | None = None


class TurnCompletedNotification(WireModel):
    """`turn/completed`: the turn has ended, one way or another; sent exactly once."""

    thread_id: str
    turn: Turn


class TurnDiffUpdatedNotification(WireModel):
    """`turn/diff/updated`: all changes of the turn so far, as one unified diff."""

    thread_id: str
    turn_id: str
    diff: str


TurnPlanStepStatus = Literal["pending", "inProgress", "completed"]
"""How far a step is."""


class TurnPlanStep(WireModel):
    """A step of the plan."""

    step: str
    status: TurnPlanStepStatus


class TurnPlanUpdatedNotification(WireModel):
    """`turn/plan/updated`: the agent's list of steps, in full."""

    thread_id: str
    turn_id: str
    explanation: str | None = None
    plan: list[TurnPlanStep]


class TurnStartedNotification(WireModel):
    """`turn/started`."""

    thread_id: str
    turn: Turn


class TurnsPage(WireModel):
    """A page of turns."""

    data: list[Turn]
    next_cursor: str | None = None
    backwards_cursor: str | None = None
