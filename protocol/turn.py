"""turn"""

from typing import Literal

from protocol.errors import TurnError
from protocol.item import ThreadItem
from protocol.wire import I64, WireModel

TurnItemsView = Literal["notLoaded", "summary", "full"]

TurnStatus = Literal["completed", "interrupted", "failed", "inProgress"]


class Turn(WireModel):
    """Turn."""

    id: str
    root_turn_id: str | None = None
    items: list[ThreadItem]
    items_view: TurnItemsView = "full"
    status: TurnStatus
    error: TurnError | None = None
    started_at: I64 | None = None
    completed_at: I64 | None = None
    duration_ms: I64 | None = None


class TurnCompletedNotification(WireModel):
    """TurnCompletedNotification."""

    thread_id: str
    turn: Turn


class TurnDiffUpdatedNotification(WireModel):
    """TurnDiffUpdatedNotification."""

    thread_id: str
    turn_id: str
    diff: str


TurnPlanStepStatus = Literal["pending", "inProgress", "completed"]


class TurnPlanStep(WireModel):
    """TurnPlanStep."""

    step: str
    status: TurnPlanStepStatus


class TurnPlanUpdatedNotification(WireModel):
    """TurnPlanUpdatedNotification."""

    thread_id: str
    turn_id: str
    explanation: str | None = None
    plan: list[TurnPlanStep]


class TurnStartedNotification(WireModel):
    """TurnStartedNotification."""

    thread_id: str
    turn: Turn


class TurnsPage(WireModel):
    """TurnsPage."""

    data: list[Turn]
    next_cursor: str | None = None
    backwards_cursor: str | None = None
