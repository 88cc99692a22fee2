"""warnings"""

from protocol.wire import USize, WireModel, omitted


class TextPosition(WireModel):
    """TextPosition."""

    line: USize
    column: USize


class TextRange(WireModel):
    """TextRange."""

    start: TextPosition
    end: TextPosition


class ConfigWarningNotification(WireModel):
    """ConfigWarningNotification."""

    summary: str
    details: str | None = None
    path: str | None = omitted()
    range: TextRange | None = omitted()


class DeprecationNoticeNotification(WireModel):
    """DeprecationNoticeNotification."""

    summary: str
    details: str | None = None


class GuardianWarningNotification(WireModel):
    """GuardianWarningNotification."""

    thread_id: str
    message: str


class WarningNotification(WireModel):
    """WarningNotification."""

    thread_id: str | None = None
    message: str
