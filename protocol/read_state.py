"""What the user has seen of a thread."""

from typing import Annotated, Literal

from pydantic import Field

from protocol.wire import WireModel


class ThreadStartThreadUnreadPosition(WireModel):
    """Nothing has been seen."""

    type: Literal["threadStart"] = "threadStart"


class TurnThreadUnreadPosition(WireModel):
    """From a turn on."""

    type: Literal["turn"] = "turn"
    turn_id: str


ThreadUnreadPosition = Annotated[
    ThreadStartThreadUnreadPosition | TurnThreadUnreadPosition,
    Field(discriminator="type"),
]
"""Where the unseen begins."""


class ThreadReadState(WireModel):
    """What has been seen."""

    first_unread: ThreadUnreadPosition | None = None
    """Null: everything has been seen."""
    revision: str
    """Changes with every change; goes into `expectedRevision`."""


class ThreadReadStateChangedNotification(WireModel):
    """`thread/readState/changed`."""

    thread_id: str
    read_state: ThreadReadState


class ReadThreadReadStateOperation(WireModel):
    """Everything has been seen."""

    type: Literal["read"] = "read"


class UnreadThreadReadStateOperation(WireModel):
    """Mark as not seen."""

    type: Literal["unread"] = "unread"


ThreadReadStateOperation = Annotated[
    ReadThreadReadStateOperation | UnreadThreadReadStateOperation,
    Field(discriminator="type"),
]
"""What to change."""


class ThreadReadStateUpdateParams(WireModel):
    """`thread/readState/update`."""

    thread_id: str
    operation: ThreadReadStateOperation
    expected_revision: str


class ThreadReadStateUpdateResponse(WireModel):
    """The state as it is now."""

    read_state: ThreadReadState
