"""An RpcServer and its clients in one process: lines in, messages out, no pipes.

    async with memory_server(handlers) as server:
        client = server.connect()
        await client.initialize()
        assert await client.request("model/list", {}) == …

Messages are what a client would parse; `emittedAtMs` is taken off, the only part that time decides.
"""

from collections.abc import AsyncGenerator, Callable, Mapping, Sequence
from contextlib import asynccontextmanager

import anyio
import orjson
from anyio.abc import TaskGroup

from app_server.handlers.base import Client, Handler
from app_server.rpc.introduction import Introduction
from app_server.rpc.server import RpcServer
from app_server.rpc.user_agent import Identity
from protocol.wire import JsonObject, JsonValue, WireModel
from support.transcripts import Transcript

DEADLINE = 10.0


class MemoryLines:
    """What a client has written."""

    def __init__(self, transcript: Transcript) -> None:
        self._transcript = transcript
        self._lines: list[bytes] = []
        self._ended = False
        self._changed = anyio.Event()

    def put(self, *lines: bytes) -> None:
        for line in lines:
            self._transcript.sent_line(line)
        self._lines += lines
        self._changed.set()

    def end(self) -> None:
        self._ended = True
        self._changed.set()

    async def receive(self) -> list[bytes]:
        while not self._lines and not self._ended:
            self._changed = anyio.Event()
            await self._changed.wait()
        lines, self._lines = self._lines, []
        return lines


class MemoryOutlet:
    """What a client will read. With `reading` false it fills up like the pipe to a stalled client."""

    def __init__(self, transcript: Transcript, high_water: int = 64 * 1024) -> None:
        self._transcript = transcript
        self.sent: list[JsonObject] = []
        self.last = b""
        self.reading = True
        self.gone = False
        self._high_water = high_water
        self._stuck = 0
        self._changed = anyio.Event()

    @property
    def congested(self) -> bool:
        return self._stuck > self._high_water

    def send(self, data: bytes) -> None:
        self.last = data
        for line in data.splitlines():
            message = orjson.loads(line)
            self._transcript.came(dict(message))
            message.pop("emittedAtMs", None)
            self.sent.append(message)
        if not self.reading:
            self._stuck += len(data)
        self._tell()

    def read_on(self) -> None:
        """The client reads everything there is, and goes on reading."""
        self.reading = True
        self._stuck = 0
        self._tell()

    async def drain(self) -> None:
        while self.congested:
            await self._changed.wait()

    async def flush(self) -> None:
        while self._stuck:
            await self._changed.wait()

    async def changed(self) -> None:
        await self._changed.wait()

    def _tell(self) -> None:
        changed, self._changed = self._changed, anyio.Event()
        changed.set()


class MemoryClient:
    """One connection, seen from the client's side."""

    def __init__(self) -> None:
        transcript = Transcript()
        self.lines = MemoryLines(transcript)
        self.outlet = MemoryOutlet(transcript)
        self.closed = anyio.Event()
        self._transcript = transcript
        self._next_id = 1

    def was_greeted(self, client: Introduction) -> None:
        """Its `initialize` was answered before it connected: the transcript has it all the same."""
        info: JsonObject = {"name": client.name, "version": client.version}
        capabilities: JsonObject = dict.fromkeys(client.capabilities, False)
        params: JsonObject = {"clientInfo": info, "capabilities": capabilities}
        self._transcript.sent(self.call("greeted", "initialize", params))

    @property
    def messages(self) -> list[JsonObject]:
        """Everything received so far, in order."""
        return self.outlet.sent

    @property
    def methods(self) -> list[str]:
        """The methods of the notifications and server requests received so far."""
        return [str(message["method"]) for message in self.messages if "method" in message]

    def send(self, *messages: JsonValue) -> None:
        """Write messages, without waiting for anything."""
        self.lines.put(*(orjson.dumps(message) for message in messages))

    def send_raw(self, *lines: bytes) -> None:
        self.lines.put(*lines)

    def call(self, request_id: JsonValue, method: str, params: JsonValue = None) -> JsonObject:
        """A request message."""
        return {"id": request_id, "method": method, **({} if params is None else {"params": params})}

    async def request(self, method: str, params: JsonValue = None) -> JsonObject:
        """Send a request and return its answer."""
        request_id = f"r{self._next_id}"
        self._next_id += 1
        self.send(self.call(request_id, method, params))
        return await self.answer(request_id)

    async def answer(self, request_id: JsonValue) -> JsonObject:
        """The answer to this id, waiting for it."""
        return await self.until(lambda message: message.get("id") == request_id and "method" not in message)

    async def asked(self, method: str, number: int = 0) -> JsonObject:
        """The server request of this method with this position among those received."""

        def found(_: JsonObject) -> bool:
            return len(self._asked(method)) > number

        await self.until(found)
        return self._asked(method)[number]

    async def until(self, wanted: Callable[[JsonObject], bool]) -> JsonObject:
        """The first message received, then or later, that is wanted."""
        seen = 0
        with anyio.fail_after(DEADLINE):
            while True:
                for message in self.messages[seen:]:
                    if wanted(message):
                        return message
                seen = len(self.messages)
                await self.outlet.changed()

    async def initialize(self, **capabilities: JsonValue) -> JsonObject:
        """Shake hands, and return the answer."""
        client_info: JsonObject = {"name": "memory", "version": "1"}
        params: JsonObject = {"clientInfo": client_info, "capabilities": dict(capabilities)}
        return await self.request("initialize", params)

    async def close(self) -> None:
        """End the input and wait until the server has closed the connection."""
        self.lines.end()
        with anyio.fail_after(DEADLINE):
            await self.closed.wait()

    def _asked(self, method: str) -> Sequence[JsonObject]:
        return [message for message in self.messages if message.get("method") == method and "id" in message]


class MemoryServer:
    """The server and the tasks of its connections."""

    def __init__(self, rpc: RpcServer, tasks: TaskGroup) -> None:
        self.rpc = rpc
        self._tasks = tasks

    def connect(
        self, *, greeted: Introduction | None = None, patience: Callable[[], float] = lambda: DEADLINE
    ) -> MemoryClient:
        """A new connection; numbers ascend in the order of connecting."""
        client = MemoryClient()
        if greeted is not None:
            client.was_greeted(greeted)

        async def run() -> None:
            await self.rpc.run_connection(client.lines, client.outlet, greeted=greeted, patience=patience)
            client.closed.set()

        self._tasks.start_soon(run)
        return client


@asynccontextmanager
async def memory_server(
    handlers: Mapping[str, Handler],
    *,
    first_events: Callable[[], Sequence[WireModel]] = lambda: (),
    on_connection_closed: Callable[[Client], None] = lambda _: None,
) -> AsyncGenerator[MemoryServer]:
    """A server with these handlers; its connections end with the block."""
    rpc = RpcServer(
        resolve=handlers.get,
        identity=Identity({"TERM": "dumb"}, "Test 1.0.0; x86_64"),
        codex_home="/home/test/.codex",
        first_events=first_events,
        on_connection_closed=on_connection_closed,
    )
    async with anyio.create_task_group() as tasks:
        yield MemoryServer(rpc, tasks)
        tasks.cancel_scope.cancel()
