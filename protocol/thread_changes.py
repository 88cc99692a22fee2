"""What becomes of a thread as a whole."""

from protocol.wire import WireModel, omitted


class ContextCompactedNotification(WireModel):
    """`thread/compacted`: the history was replaced by a summary."""

    thread_id: str
    turn_id: str


class ThreadArchivedNotification(WireModel):
    """`thread/archived`."""

    thread_id: str


class ThreadClosedNotification(WireModel):
    """`thread/closed`: no longer in memory."""

    thread_id: str


class ThreadDeletedNotification(WireModel):
    """`thread/deleted`."""

    thread_id: str


class ThreadNameUpdatedNotification(WireModel):
    """`thread/name/updated`."""

    thread_id: str
    thread_name: str | None = omitted()
    """Left out when the name was cleared."""


class ThreadRevertedNotification(WireModel):
    """`thread/reverted`: turns were taken back."""

    thread_id: str


class ThreadUnarchivedNotification(WireModel):
    """`thread/unarchived`."""

    thread_id: str
