"""read_state"""

from typing import Annotated, Literal

from protocol.wire import WireModel, by_tag


class ThreadStartThreadUnreadPosition(WireModel):
    """ThreadStartThreadUnreadPosition."""

    type: Literal["threadStart"] = "threadStart"


class TurnThreadUnreadPosition(WireModel):
    """TurnThreadUnreadPosition."""

    type: Literal["turn"] = "turn"
    turn_id: str


ThreadUnreadPosition = Annotated[
    ThreadStartThreadUnreadPosition | TurnThreadUnreadPosition,
    by_tag("type"),
]


class ThreadReadState(WireModel):
    """ThreadReadState."""

    first_unread: ThreadUnreadPosition | None = None
    revision: str


class ThreadReadStateChangedNotification(WireModel):
    """ThreadReadStateChangedNotification."""

    thread_id: str
    read_state: ThreadReadState


class ReadThreadReadStateOperation(WireModel):
    """ReadThreadReadStateOperation."""

    type: Literal["read"] = "read"


class UnreadThreadReadStateOperation(WireModel):
    """UnreadThreadReadStateOperation."""

    type: Literal["unread"] = "unread"


ThreadReadStateOperation = Annotated[
    ReadThreadReadStateOperation | UnreadThreadReadStateOperation,
    by_tag("type"),
]


class ThreadReadStateUpdateParams(WireModel):
    """ThreadReadStateUpdateParams."""

    thread_id: str
    operation: ThreadReadStateOperation
    expected_revision: str


class ThreadReadStateUpdateResponse(WireModel):
    """ThreadReadStateUpdateResponse."""

    read_state: ThreadReadState
