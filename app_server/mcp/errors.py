"""What can go wrong with an MCP server. The texts are those that models and clients are told."""


class McpError(Exception):
    """Something that was asked of a server did not come to be."""


class McpRefusal(McpError):  # noqa: N818 - as below
    """The server answered with an error."""

    def __init__(self, code: int, message: str) -> None:
        super().__init__(f"Mcp error: {code}: {message}")
        self.code = code


class ConnectionClosed(McpError):  # noqa: N818 - it says what happened
    """The server is gone, or was never there."""

    def __init__(self, text: str = "Transport closed") -> None:
        super().__init__(text)


class SessionLost(McpError):  # noqa: N818 - as above
    """The server does not know our session any more: it wants a new handshake."""


class NotLoggedIn(McpError):  # noqa: N818 - as above
    """The server wants a login that we do not have."""


class NoAnswerInTime(McpError):  # noqa: N818 - as above
    """The time for an answer ran out."""

    def __init__(self, method: str, seconds: float) -> None:
        super().__init__(f"timed out awaiting {method} after {shown_seconds(seconds)}")


class UnknownServer(McpError):  # noqa: N818 - as above
    """No server of this name is configured and enabled."""

    def __init__(self, name: str) -> None:
        super().__init__(f"unknown MCP server '{name}'")


def shown_seconds(seconds: float) -> str:
    """`3s`, `2.5s`, `500ms`."""
    return f"{seconds:g}s" if seconds >= 1 else f"{seconds * 1000:g}ms"
