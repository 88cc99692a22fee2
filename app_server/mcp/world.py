"""What the servers of a thread share with it, apart from the connections, which most threads never have."""

from collections.abc import Awaitable, Callable, Mapping
from typing import TYPE_CHECKING, Literal, NamedTuple

from protocol.wire import JsonObject

if TYPE_CHECKING:
    from app_server.http.client import HttpClient
    from app_server.mcp.oauth.storage import Logins

State = Literal["starting", "ready", "failed", "cancelled"]
"""Of one server."""

Elicit = Callable[[str, JsonObject], Awaitable[JsonObject]]
"""Puts what a server asks of the user to the clients: the server's name, the params, the answer."""


class World(NamedTuple):
    """What servers need of the process."""

    cwd: str
    env: Mapping[str, str]
    http: "HttpClient"
    elicit: Elicit
    logins: "Logins | None" = None
    """Logins to servers; None: they are not looked for."""
