"""What the servers of a thread share with it, apart from the connections, which most threads never have."""

from collections.abc import Awaitable, Callable, Mapping
from typing import TYPE_CHECKING, Literal, NamedTuple, Protocol

from protocol.wire import JsonObject

if TYPE_CHECKING:
    from app_server.http.client import HttpClient
    from app_server.mcp.oauth.storage import Logins

State = Literal["starting", "ready", "failed", "cancelled"]
"""Of one server."""

Elicit = Callable[[str, JsonObject], Awaitable[JsonObject]]
"""Puts what a server asks of the user to the clients: the server's name, the params, the answer."""


class Login(Protocol):
    """What the requests to a server say of who asks; other tasks may renew it meanwhile."""

    async def current(self) -> str | None:
        """The token to send; None when nobody is logged in."""
        ...

    async def instead_of(self, refused: str) -> str | None:
        """Another token than the one that was refused; None when there is no way to one."""
        ...

    def headers(self, token: str) -> Mapping[str, bytes]:
        """What a request under this token carries."""
        ...


class Account(Login, Protocol):
    """The account whose own server is among a thread's: its login, and what its server listed before."""

    async def kept(self) -> tuple[JsonObject, ...]:
        """The tools that it listed when it was last asked; none when nobody knows."""
        ...

    async def keep(self, tools: tuple[JsonObject, ...]) -> None:
        """Remember what it lists."""
        ...


class World(NamedTuple):
    """What servers need of the process."""

    cwd: str
    env: Mapping[str, str]
    http: "HttpClient"
    elicit: Elicit
    logins: "Logins | None" = None
    """Logins to servers; None: they are not looked for."""
    account: Account | None = None
    """Whose own server it is that belongs to an account."""
