"""What users should know although no request failed."""

from protocol.wire import USize, WireModel, omitted


class TextPosition(WireModel):
    """A place in a text file."""

    line: USize
    """Counts from 1."""
    column: USize
    """Counts from 1."""


class TextRange(WireModel):
    """A stretch of a text file."""

    start: TextPosition
    end: TextPosition


class ConfigWarningNotification(WireModel):
    """`configWarning`: something about the configuration, told after the handshake."""

    summary: str
    """One line."""
    details: str | None = None
    path: str | None = omitted()
    """The file; left out when it is not known."""
    range: TextRange | None = omitted()
    """The place in the file; left out when it is not known."""


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
