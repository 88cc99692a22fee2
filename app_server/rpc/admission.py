"""How much of a client's work is taken on at once, so that each request is answered and nothing grows (W1).

A request runs at once while few run and the client reads its answers. Else it waits, and when too many wait
the reading slows down; only a client that does not read, or a server that gets nothing done, has requests
refused. A refusal to a client that does not read is kept as its bare id, until there is room, or until even
those are too many.
"""

from collections import deque
from collections.abc import Callable

import anyio

from app_server.rpc.connection import Connection
from app_server.rpc.errors import overloaded
from app_server.rpc.messages import Request
from protocol.jsonrpc import RequestId, RpcError

MOST_RUNNING = 256
MOST_WAITING = 4096
MOST_WAITING_BYTES = 32 * 1024 * 1024
MOST_PASSING = 1024
"""Requests that free something, answered in a row to a client that does not read."""
MOST_REFUSED = 65_536
MOST_REFUSED_BYTES = 16 * 1024 * 1024
STALLED_SECONDS = 5.0
"""How long reading stands still for want of room before requests are refused instead, so that the client's
answers to server requests, which running requests may wait for, still get through."""

_RELEASING = frozenset({"turn/interrupt", "thread/unsubscribe", "command/exec/terminate", "process/kill"})
"""Requests that free what others wait for: they never wait themselves."""


class Admission:
    """One connection's requests between reading and running."""

    def __init__(self, connection: Connection, begin: Callable[[Request], bool]) -> None:
        """`begin` says whether the request now runs; each that does is reported back with `finished`."""
        self._outlet = connection.outlet
        self._refuse = connection.refuse
        self._begin = begin
        self._running = 0
        self._waiting: deque[Request] = deque()
        self._waiting_bytes = 0
        self._refused: deque[RequestId] = deque()
        self._refused_bytes = 0
        self._held_up = anyio.Event()
        self._moved: anyio.Event | None = None
        self._stalled = False
        self._passed = 0
        self.done = 0
        """How many requests have run to their end."""

    async def offer(self, request: Request) -> None:
        """Run the request, let it wait, or refuse it. Returns when the next one may be read."""
        if self._may_pass(request) or (not self._waiting and self._may_run()):
            self._run(request)
            return
        while not self._fits(request):
            if self._outlet.congested or self._stalled or not await self._something_moves():
                self._stalled = not self._outlet.congested
                await self._keep_refusal(request.request_id)
                return
        self._waiting.append(request)
        self._waiting_bytes += request.size
        self._held_up.set()

    def finished(self) -> None:
        """A request that ran needs no room any more."""
        self._running -= 1
        self.done += 1
        self._stalled = False
        self._run_waiting()
        self._tell_moved()

    async def keep_moving(self) -> None:
        """Let what is held up go on when a client that did not read does so again. Runs until cancelled."""
        while True:
            await self._held_up.wait()
            self._held_up = anyio.Event()
            await self._outlet.drain()
            while self._refused and not self._outlet.congested:
                self._answer_refused()
                await self._outlet.drain()
            self._run_waiting()
            self._tell_moved()

    async def idle(self) -> None:
        """Wait until nothing runs or waits."""
        while self._running or self._waiting or self._refused:
            await self._something_moves()

    def refuse_rest(self, error: RpcError) -> None:
        """Answer everything that did not get to run with this error."""
        for request_id in (*self._refused, *(request.request_id for request in self._waiting)):
            self._refuse(request_id, error)
        self._refused.clear()
        self._waiting.clear()

    def _may_pass(self, request: Request) -> bool:
        if request.method not in _RELEASING:
            return False
        self._passed = self._passed + 1 if self._outlet.congested else 0
        return self._passed <= MOST_PASSING

    def _may_run(self) -> bool:
        return self._running < MOST_RUNNING and not self._outlet.congested

    def _fits(self, request: Request) -> bool:
        if not self._waiting:
            return True
        return len(self._waiting) < MOST_WAITING and self._waiting_bytes + request.size <= MOST_WAITING_BYTES

    def _run(self, request: Request) -> None:
        if self._begin(request):
            self._running += 1

    def _run_waiting(self) -> None:
        while self._waiting and self._may_run():
            request = self._waiting.popleft()
            self._waiting_bytes -= request.size
            self._run(request)
        if self._waiting and self._outlet.congested:
            self._held_up.set()

    async def _keep_refusal(self, request_id: RequestId) -> None:
        self._refused.append(request_id)
        self._refused_bytes += len(request_id) if isinstance(request_id, str) else 0
        self._held_up.set()
        while len(self._refused) >= MOST_REFUSED or self._refused_bytes >= MOST_REFUSED_BYTES:
            await self._outlet.drain()
            self._answer_refused()

    def _answer_refused(self) -> None:
        error = overloaded()
        while self._refused and not self._outlet.congested:
            self._refuse(self._refused.popleft(), error)
        if not self._refused:
            self._refused_bytes = 0

    def _tell_moved(self) -> None:
        if self._moved is not None:
            self._moved.set()
            self._moved = None

    async def _something_moves(self) -> bool:
        """Wait until a request has finished or room was made; False when nothing moved in all that time."""
        if self._moved is None:
            self._moved = anyio.Event()
        moved = self._moved
        with anyio.move_on_after(STALLED_SECONDS):
            await moved.wait()
        return moved.is_set()
