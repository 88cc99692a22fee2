"""The servers of one thread: all started at once, none of them waited for longer than somebody wants to.

A server that hangs or fails costs its own tools and nothing else (P7). Each change of a server's state is
told once, and no earlier than the thread itself was announced (W14).
"""

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, NamedTuple

import anyio

from app_server.mcp.errors import UnknownServer
from app_server.mcp.settings import ServerSettings
from app_server.mcp.world import State, World

if TYPE_CHECKING:
    from app_server.mcp.connection import Connection


class Change(NamedTuple):
    """A server's state, as clients are told of it."""

    name: str
    state: State
    error: str | None
    needs_login: bool


class ThreadServers:
    """Owns the connections. `run` is their owner task; without servers it need not run."""

    def __init__(
        self, settings: Sequence[ServerSettings], world: World | None, tell: Callable[[Change], None]
    ) -> None:
        self._world = world
        self._tell = tell
        self._wanted = tuple(one for one in settings if one.enabled)
        self._connections: dict[str, Connection] = {}
        self._unstarted: list[Connection] = []
        self._untold: list[Change] | None = []
        self._running = False
        self._closing = False
        self._states: dict[str, State] = {}
        self._wake = anyio.Event()
        self._idle = anyio.Event()
        self._queued: tuple[ServerSettings, ...] | None = None
        self._began = 0.0
        self.version = 0
        """Changes whenever the tools may have."""
        self.approved: set[tuple[str, str]] = set()
        """Tools, by server, that may be called without asking for as long as the thread is loaded."""

    @property
    def configured(self) -> bool:
        """Whether there is any server, ready or not."""
        return bool(self._wanted)

    @property
    def offering(self) -> "Sequence[Connection]":
        """Those whose tools a model may be told of, by name."""
        found = [one for one in self._connections.values() if one.offers]
        return sorted(found, key=lambda one: one.name)

    @property
    def unknown(self) -> Sequence[str]:
        """The names of those whose tools nobody knows yet."""
        return [one.name for one in self._connections.values() if not one.known.is_set()]

    @property
    def ready(self) -> "Sequence[Connection]":
        """Those that can be called, by name."""
        found = [one for one in self._connections.values() if one.state == "ready"]
        return sorted(found, key=lambda one: one.name)

    def get(self, name: str) -> "Connection":
        """The server of that name, in whatever state. Raises UnknownServer."""
        found = self._connections.get(name)
        if found is None:
            raise UnknownServer(name)
        return found

    def announce(self) -> None:
        """The thread is known to its clients: tell what has changed, and from now on at once."""
        untold, self._untold = self._untold, None
        for change in untold or ():
            self._tell(change)

    async def run(self) -> None:
        """Start the servers, and end them when `close` is called or this is cancelled."""
        if self._closing:
            return
        self._running = True
        try:
            async with anyio.create_task_group() as tasks:
                while not self._closing:
                    self._wake = anyio.Event()
                    while self._unstarted:
                        connection = self._unstarted.pop(0)
                        tasks.start_soon(connection.run, name=f"MCP server {connection.name}")
                    await self._wake.wait()
                for connection in self._connections.values():
                    connection.stop()
        finally:
            self._running = False
            self._idle.set()

    async def close(self) -> None:
        """End all servers and wait until nothing is left of them."""
        self._closing = True
        self._wake.set()
        if self._running:
            await self._idle.wait()

    async def wait_started(self) -> None:
        """Wait until each server is ready or has failed."""
        for connection in tuple(self._connections.values()):
            await connection.started.wait()

    async def wait_known(self, seconds: float | None = None) -> None:
        """Wait for the tools of servers that are starting; for so long at most since the start of all."""
        with anyio.move_on_after(
            None if seconds is None else max(0.0, self._began + seconds - anyio.current_time())
        ):
            for connection in tuple(self._connections.values()):
                await connection.known.wait()

    async def wait_known_of(self, name: str) -> None:
        """Wait for the tools of one server, however long it takes to start."""
        connection = self._connections.get(name)
        if connection is not None:
            await connection.known.wait()

    async def failures_of_required(self) -> list[str]:
        """What is wrong with servers that must be there, once that is known: `NAME: REASON`."""
        required = [one for one in self._connections.values() if one.settings.required]
        for connection in required:
            await connection.started.wait()
        return [f"{one.name}: {one.cause}" for one in required if one.state != "ready"]

    def queue(self, settings: Sequence[ServerSettings]) -> None:
        """Have these servers from the next turn on."""
        self._queued = tuple(settings)

    async def apply_queued(self) -> None:
        """Bring about what was queued: servers whose settings are the same go on, unless they had failed."""
        if self._queued is None or self._world is None:
            return
        wanted, self._queued = {one.name: one for one in self._queued if one.enabled}, None
        self._wanted = tuple(wanted.values())
        leaving = [
            one
            for one in self._connections.values()
            if one.state == "failed" or wanted.get(one.name) != one.settings
        ]
        for connection in leaving:
            connection.stop()
        for connection in leaving:
            await connection.ended.wait()
            self._connections.pop(connection.name, None)
        self.version += 1
        self.begin()

    def begin(self) -> None:
        """Make the connections that `run` will start, so that whoever waits for them has something to."""
        if self._world is None:
            return
        wanted = [one for one in self._wanted if one.name not in self._connections]
        if not wanted:
            return
        from app_server.mcp.connection import Connection  # most threads have no servers

        new = [Connection(one, self._world, self._changed) for one in wanted]
        self._connections.update({one.name: one for one in new})
        self._unstarted += new
        self._began = anyio.current_time()
        self._wake.set()

    def _changed(self, connection: "Connection") -> None:
        self.version += 1
        if self._states.get(connection.name) == connection.state:
            return  # only its tools are others
        self._states[connection.name] = connection.state
        change = Change(connection.name, connection.state, connection.error, connection.needs_login)
        if self._untold is None:
            self._tell(change)
        else:
            self._untold.append(change)


def _untold(_change: Change) -> None:
    """There is nobody to tell."""


def no_servers() -> ThreadServers:
    """Those of a thread without any."""
    return ThreadServers((), None, _untold)
