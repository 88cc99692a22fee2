"""Input that waits for its turn."""

from protocol.input import UserInput
from protocol.turn import Turn
from protocol.wire import U32, WireModel


class QueuedSubmission(WireModel):
    """Input that waits."""

    id: str
    input: list[UserInput]
    client_user_message_id: str
    responsesapi_client_metadata: dict[str, str] | None = None


class ThreadQueueAddParams(WireModel):
    """`thread/queue/add`."""

    thread_id: str
    input: list[UserInput]
    client_user_message_id: str
    responsesapi_client_metadata: dict[str, str] | None = None


class ThreadQueueAddResponse(WireModel):
    """What was queued."""

    queued_submission: QueuedSubmission


class ThreadQueueChangedNotification(WireModel):
    """`thread/queue/changed`: ask again."""

    thread_id: str


class ThreadQueueDeleteParams(WireModel):
    """`thread/queue/delete`."""

    thread_id: str
    queued_submission_id: str


class ThreadQueueDeleteResponse(WireModel):
    """False when it no longer waited."""

    deleted: bool


class ThreadQueueListParams(WireModel):
    """`thread/queue/list`."""

    thread_id: str
    cursor: str | None = None
    limit: U32 | None = None


class ThreadQueueListResponse(WireModel):
    """A page of what waits, the next one first."""

    data: list[QueuedSubmission]
    next_cursor: str | None = None


class ThreadQueueReorderParams(WireModel):
    """`thread/queue/reorder`: all ids, in their new order."""

    thread_id: str
    queued_submission_ids: list[str]


class ThreadQueueReorderResponse(WireModel):
    """Empty."""


class ThreadQueueStartParams(WireModel):
    """`thread/queue/start`: begins now with one of them; absent: the next."""

    thread_id: str
    queued_submission_id: str | None = None


class ThreadQueueStartResponse(WireModel):
    """The turn that was started."""

    turn: Turn


class ThreadQueueUpdateParams(WireModel):
    """`thread/queue/update`: other input in its place."""

    thread_id: str
    queued_submission_id: str
    input: list[UserInput]
    responsesapi_client_metadata: dict[str, str] | None = None


class ThreadQueueUpdateResponse(WireModel):
    """What waits now."""

    queued_submission: QueuedSubmission
