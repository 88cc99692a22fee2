"""What is wrong with the configuration, and where."""

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
