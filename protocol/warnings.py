"""What users should know although no request failed."""

from protocol.wire import WireModel


class DeprecationNoticeNotification(WireModel):
    """`deprecationNotice`: the client uses something that is going away."""

    summary: str
    details: str | None = None


class GuardianWarningNotification(WireModel):
    """`guardianWarning`: a word of the automatic reviewer."""

    thread_id: str
    message: str


class WarningNotification(WireModel):
    """`warning`: the turn goes on, but not quite as it was meant to."""

    thread_id: str | None = None
    """None when it concerns the whole server."""
    message: str
