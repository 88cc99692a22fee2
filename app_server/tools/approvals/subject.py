"""Who may answer a question before the user is asked: hooks, and the automatic reviewer (§6.2, §10)."""

from collections.abc import Callable, Sequence
from typing import NamedTuple

from protocol.guardian import GuardianApprovalReviewAction
from protocol.wire import JsonObject, JsonValue


class Subject(NamedTuple):
    """What needs somebody's word."""

    item_id: str
    action: GuardianApprovalReviewAction
    """As clients see it."""
    planned: JsonObject
    """As the reviewer sees it."""
    names: Sequence[str] = ()
    """What the tool is called by hooks; none: they hear nothing of it."""
    input: JsonValue = None
    """What it is given, for hooks."""
    begin: Callable[[], None] | None = None
    """Shows the item that waits, where that is not shown yet."""
    retry_reason: str | None = None
    """Why it is asked a second time."""


class Judgement(NamedTuple):
    """What they say."""

    allowed: bool
    reason: str = ""
    """Why not, for the model."""
