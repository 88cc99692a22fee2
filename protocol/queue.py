"""queue"""

from protocol.input import UserInput
from protocol.turn import Turn
from protocol.wire import U32, WireModel


class QueuedSubmission(WireModel):
    """QueuedSubmission."""

    id: str
    input: list[UserInput]
    client_user_message_id: str
    responsesapi_client_metadata: dict[str, str] | None = None


class ThreadQueueAddParams(WireModel):
    """ThreadQueueAddParams."""

    thread_id: str
    input: list[UserInput]
    client_user_message_id: str
    responsesapi_client_metadata: dict[str, str] | None = None


class ThreadQueueAddResponse(WireModel):
    """ThreadQueueAddResponse."""

    queued_submission: QueuedSubmission


class ThreadQueueChangedNotification(WireModel):
    """ThreadQueueChangedNotification."""

    thread_id: str


class ThreadQueueDeleteParams(WireModel):
    """ThreadQueueDeleteParams."""

    thread_id: str
    queued_submission_id: str


class ThreadQueueDeleteResponse(WireModel):
    """ThreadQueueDeleteResponse."""

    deleted: bool


class ThreadQueueListParams(WireModel):
    """ThreadQueueListParams."""

    thread_id: str
    cursor: str | None = None
    limit: U32 | None = None


class ThreadQueueListResponse(WireModel):
    """ThreadQueueListResponse."""

    data: list[QueuedSubmission]
    next_cursor: str | None = None


class ThreadQueueReorderParams(WireModel):
    """ThreadQueueReorderParams."""

    thread_id: str
    queued_submission_ids: list[str]


class ThreadQueueReorderResponse(WireModel):
    """ThreadQueueReorderResponse."""


class ThreadQueueStartParams(WireModel):
    """ThreadQueueStartParams."""

    thread_id: str
    queued_submission_id: str | None = None


class ThreadQueueStartResponse(WireModel):
    """ThreadQueueStartResponse."""

    turn: Turn


class ThreadQueueUpdateParams(WireModel):
    """ThreadQueueUpdateParams."""

    thread_id: str
    queued_submission_id: str
    input: list[UserInput]
    responsesapi_client_metadata: dict[str, str] | None = None


class ThreadQueueUpdateResponse(WireModel):
    """ThreadQueueUpdateResponse."""

    queued_submission: QueuedSubmission
