"""How messages get to a server and back; one implementation for each transport."""

from typing import NamedTuple, Protocol

from app_server.mcp.errors import McpError
from protocol.wire import JsonObject, JsonValue


class Undelivered(NamedTuple):
    """A request of ours that did not reach the server, or whose answer was lost."""

    request_id: JsonValue
    error: McpError


class Channel(Protocol):
    """Opened and closed by the task that owns the connection."""

    async def send(self, message: JsonObject) -> None:
        """Hand a message over. Raises ConnectionClosed."""
        ...

    async def receive(self) -> JsonObject | Undelivered:
        """The next message of the server. Raises ConnectionClosed at the end."""
        ...

    def speaks(self, protocol_version: str) -> None:
        """The version that the handshake agreed on."""
        ...
