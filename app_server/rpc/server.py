"""The JSON-RPC server: any number of connections over any transport, one audience, one set of queues.

How a server is put together::

    rpc = RpcServer(resolve=…, identity=…, codex_home=…, first_events=…, on_connection_closed=…)
    rpc.audience                                    # is handlers.base.Audience, and holds .server_requests
    ClientAttestation(rpc.audience, budget)         # is agent.ports.AttestationProvider
    await rpc.run_connection(lines, outlet, …)      # once for each connection; over stdio: transport.serve

`resolve` finds the handler of a method that is in the table, or None: it is then answered as an unknown one.
`first_events` are what a client is sent right after `initialize`: start-up warnings, then
`remoteControl/status/changed`. `on_connection_closed` ends what belongs to a connection alone.
"""

import logging
from collections.abc import Awaitable, Callable, Sequence

import anyio

from app_server.handlers.base import Client, Handler
from app_server.rpc.admission import Admission
from app_server.rpc.audience import RpcAudience
from app_server.rpc.connection import Connection, Lines, Outlet
from app_server.rpc.dispatcher import Dispatcher
from app_server.rpc.errors import shutting_down
from app_server.rpc.handshake import Handshake
from app_server.rpc.introduction import Introduction
from app_server.rpc.messages import Answer, Notification, Request, parse
from app_server.rpc.user_agent import Identity
from protocol.wire import WireModel

logger = logging.getLogger("app_server.rpc")

PATIENCE_SECONDS = 10.0
"""How long requests may still run when their client has ended its input, and answers be written."""

_LAST_CALL_SECONDS = 0.3
_GLANCE_SECONDS = 0.05
_IDLE_GLANCES = 20
"""So often is looked in vain for a request that has finished. Then what is left waits for something else, and
the process must not outlive its client for that. It is no time, since a busy machine makes all wait."""


class RpcServer:
    """All of the process's JSON-RPC."""

    def __init__(
        self,
        *,
        resolve: Callable[[str], Handler | None],
        identity: Identity,
        codex_home: str,
        first_events: Callable[[], Sequence[WireModel]],
        on_connection_closed: Callable[[Client], None] = lambda _: None,
    ) -> None:
        self.audience = RpcAudience()
        self._handshake = Handshake(identity, codex_home, self.audience, first_events)
        self._dispatcher = Dispatcher(resolve, self._handshake)
        self._on_connection_closed = on_connection_closed
        self._accepted = 0

    async def run_connection(
        self,
        lines: Lines,
        outlet: Outlet,
        *,
        greeted: Introduction | None = None,
        stopping: anyio.Event | None = None,
        patience: Callable[[], float] = lambda: PATIENCE_SECONDS,
        before_close: Callable[[], Awaitable[None]] | None = None,
    ) -> None:
        """Serve one client until its input has ended and everything it asked for is answered and written.

        `greeted`: its `initialize` was answered already. `stopping`, when set, ends reading soon, however
        much there is. `patience`, asked again and again: how many seconds requests get to finish after the
        input has ended, and answers to be written. `before_close` runs in between, while events still go out.
        Returns also when the client is gone; raises nothing that the client has caused.
        """
        async with anyio.create_task_group() as tasks:
            connection = Connection(self._accepted, outlet, tasks)
            self._accepted += 1
            try:
                admission = self._open(connection, greeted)
                await self._read(lines, admission, stopping or anyio.Event())
                await _within(patience, admission.idle, lambda: admission.done)
                if before_close is not None:
                    await before_close()
                with anyio.move_on_after(_LAST_CALL_SECONDS):
                    await connection.all_answered()
                admission.refuse_rest(shutting_down())
            finally:
                self._close(connection)
                tasks.cancel_scope.cancel()
        await _within(patience, outlet.flush)

    def _open(self, connection: Connection, greeted: Introduction | None) -> Admission:
        def begin(request: Request) -> bool:
            return self._dispatcher.begin(connection, request, admission.finished)

        admission = Admission(connection, begin)
        connection.tasks.start_soon(admission.keep_moving)
        if greeted is not None:
            self._handshake.resume(connection, greeted)
        return admission

    async def _read(self, lines: Lines, admission: Admission, stopping: anyio.Event) -> None:
        async with anyio.create_task_group() as tasks:
            tasks.start_soon(_cancel_after, stopping, tasks.cancel_scope)
            while batch := await lines.receive():
                for line in batch:
                    await self._take(line, admission)
            tasks.cancel_scope.cancel()

    async def _take(self, line: bytes, admission: Admission) -> None:
        message = parse(line)
        if isinstance(message, Request):
            await admission.offer(message)
        elif isinstance(message, Answer):
            self.audience.server_requests.settle(message)
        elif isinstance(message, Notification):
            logger.info("notification %s", message.method)
        elif line.strip():
            logger.error("a line of %d bytes is no message: %s", len(line), message.why)

    def _close(self, connection: Connection) -> None:
        self.audience.remove(connection)
        for place, request_id in tuple(connection.queued.items()):
            place.leave()
            connection.refuse(request_id, shutting_down())
        connection.queued.clear()
        self._on_connection_closed(connection)


async def _cancel_after(stopping: anyio.Event, scope: anyio.CancelScope) -> None:
    """End reading shortly after `stopping`, when a client that does not read holds it up."""
    await stopping.wait()
    await anyio.sleep(_LAST_CALL_SECONDS)
    scope.cancel()


async def _within(
    patience: Callable[[], float],
    wait: Callable[[], Awaitable[None]],
    progress: Callable[[], int] | None = None,
) -> None:
    """Wait for it, but no longer than patience lasts, which may shrink, or than there is progress."""
    async with anyio.create_task_group() as tasks:

        async def lose_patience() -> None:
            began, idle, seen = anyio.current_time(), 0, None
            while anyio.current_time() - began < patience() and idle < _IDLE_GLANCES:
                await anyio.sleep(_GLANCE_SECONDS)
                if progress is not None:
                    idle = idle + 1 if seen == progress() else 0
                    seen = progress()
            tasks.cancel_scope.cancel()

        tasks.start_soon(lose_patience)
        await wait()
        tasks.cancel_scope.cancel()
