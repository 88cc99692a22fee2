"""Processes that a client starts and controls by a name of its own, for `command/exec` and `process/*`.

Each belongs to the connection that asked for it and ends with it (services.md §2).
"""

import base64
import binascii
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Final, Literal, NamedTuple, Protocol

import anyio
import orjson
from anyio.abc import ObjectReceiveStream, ObjectSendStream, TaskStatus

from app_server.exec.output import Beginning
from app_server.exec.process import READ_BYTES, Command, Process, open_process
from app_server.handlers.base import Client
from app_server.handlers.files.operations import base64_fault
from app_server.platform.pipes import ReadEnd, TerminalSize
from protocol.jsonrpc import RpcError, internal_error, invalid_params, invalid_request
from protocol.wire import WireModel

TIMED_OUT: Final = 124
DEFAULT_CAP: Final = 1_048_576
DEFAULT_TIMEOUT_MS: Final = 10_000

_DRAIN_SECONDS: Final = 2.0
_WRITES_AHEAD: Final = 128

Stream = Literal["stdout", "stderr"]
Delta = Callable[[Stream, str, bool], WireModel]
"""The notification of a piece of output: the stream, the bytes in base64, whether it is the last."""


class GivenSize(Protocol):
    """A terminal's size as clients give it: each area of methods has a type of its own for it."""

    rows: int
    cols: int


class Plan(NamedTuple):
    """What a client asks of its process, beside what to run."""

    command: Command
    cap: int | None
    """Bytes of each stream that are passed on or kept."""
    timeout: float | None
    """Seconds."""
    writable: bool
    delta: Delta | None
    """None: output is kept and told at the end."""


class Outcome(NamedTuple):
    """How it ended. What was streamed is not told again."""

    exit_code: int
    stdout: Beginning
    stderr: Beginning
    drain_timed_out: bool


@dataclass(eq=False, slots=True)
class Running:
    """A process as its client's calls find it."""

    process: Process
    writable: bool
    input: ObjectSendStream[bytes]
    input_closed: bool = False
    outcome: Outcome | None = None
    told: anyio.Event = field(default_factory=anyio.Event)
    """Whether its client knows that it runs: no output is passed on before."""
    ended: anyio.Event = field(default_factory=anyio.Event)

    async def result(self) -> Outcome:
        """Wait for the end. Its process ends with its connection, so there is one."""
        await self.ended.wait()
        if self.outcome is None:
            raise anyio.ClosedResourceError
        return self.outcome


class Wording(NamedTuple):
    """What the two families of methods say differently."""

    duplicate: str
    unknown: str
    over: str
    write: str
    size: str
    closed_input: str
    """That writing was not asked for when it was started."""


class ClientProcesses:
    """Owns the processes of one family, for all connections."""

    def __init__(self, wording: Wording) -> None:
        self._wording = wording
        self._running: dict[tuple[int, str], Running] = {}

    async def start(self, client: Client, name: str | None, plan: Plan) -> Running:
        """Raises RpcError for a name in use, OSError for what cannot be started."""
        if name is not None and (client.number, name) in self._running:
            raise invalid_request(self._wording.duplicate.format(_quoted(name)))
        outcome: Running | OSError = await client.tasks.start(self._run, client, name, plan)
        if isinstance(outcome, OSError):
            raise outcome
        return outcome

    def find(self, client: Client, name: str) -> Running:
        """Raises RpcError."""
        running = self._running.get((client.number, name))
        if running is None:
            raise invalid_request(self._wording.unknown.format(_quoted(name)))
        if running.process.exit_status is not None:
            raise invalid_request(self._wording.over.format(_quoted(name)))
        return running

    async def write(self, client: Client, name: str, delta: str | None, *, close: bool) -> None:
        """Take bytes for its input; they arrive in the order of the calls. Raises RpcError."""
        if delta is None and not close:
            raise invalid_params(f"{self._wording.write} requires deltaBase64 or closeStdin")
        data = _bytes(delta or "")
        running = self.find(client, name)
        if not running.writable:
            raise invalid_request(self._wording.closed_input)
        if data and running.input_closed:
            raise invalid_request("stdin is already closed")
        try:
            if data:
                await running.input.send(data)
            if close and not running.input_closed:
                running.input_closed = True
                await running.input.aclose()
        except (anyio.BrokenResourceError, anyio.ClosedResourceError) as error:
            raise invalid_request(self._wording.over.format(_quoted(name))) from error

    def first_size(self, given: GivenSize | None, *, tty: bool) -> TerminalSize | None:
        """The size that a process begins with; None without a terminal. Raises RpcError."""
        if given is not None:
            return self._size(given)
        return TerminalSize() if tty else None

    def resize(self, client: Client, name: str, given: GivenSize) -> None:
        """Raises RpcError."""
        size = self._size(given)
        if not self.find(client, name).process.resize(size):
            raise invalid_request("failed to resize PTY: process is not attached to a PTY")

    def _size(self, given: GivenSize) -> TerminalSize:
        if not given.rows or not given.cols:
            raise invalid_params(f"{self._wording.size} size rows and cols must be greater than 0")
        return TerminalSize(given.rows, given.cols)

    async def _run(
        self,
        client: Client,
        name: str | None,
        plan: Plan,
        *,
        task_status: TaskStatus[Running | OSError] = anyio.TASK_STATUS_IGNORED,
    ) -> None:
        sender, receiver = anyio.create_memory_object_stream[bytes](_WRITES_AHEAD)
        running: Running | None = None
        try:
            async with sender, receiver, open_process(plan.command) as process:
                running = Running(process, plan.writable, sender)
                if name is not None:
                    self._running[client.number, name] = running
                task_status.started(running)
                async with anyio.create_task_group() as tasks:
                    tasks.start_soon(_feed, process, receiver)
                    running.outcome = await _watch(running, plan, client)
                    tasks.cancel_scope.cancel()
                self._forget(client, name)
                running.ended.set()
        except OSError as error:
            if running is not None:
                raise
            task_status.started(error)
        finally:
            if running is not None:
                self._forget(client, name)
                running.ended.set()

    def _forget(self, client: Client, name: str | None) -> None:
        if name is not None:
            self._running.pop((client.number, name), None)


async def _feed(process: Process, receiver: ObjectReceiveStream[bytes]) -> None:
    try:
        async for data in receiver:
            await process.write(data)
        await process.close_input()
    except OSError:
        await receiver.aclose()  # it reads no more: who writes is told so


async def _watch(running: Running, plan: Plan, client: Client) -> Outcome:
    """Pass output on until the process has ended and its output too, or nearly."""
    process = running.process
    kept = {"stdout": Beginning(plan.cap), "stderr": Beginning(plan.cap)}
    unread = 1 if process.stderr is None else 2
    all_read = anyio.Event()
    status: int | None = None
    drain_timed_out = False

    async def read(end: ReadEnd, stream: Stream) -> None:
        nonlocal unread
        await running.told.wait()
        await _pass_on(end, stream, kept[stream], plan.delta, client)
        unread -= 1
        if not unread:
            all_read.set()

    async with anyio.create_task_group() as tasks:
        tasks.start_soon(read, process.stdout, "stdout")
        if process.stderr is not None:
            tasks.start_soon(read, process.stderr, "stderr")
        status = await _end_in_time(process, plan.timeout)
        with anyio.move_on_after(_DRAIN_SECONDS) as drain:
            await all_read.wait()
        drain_timed_out = drain.cancelled_caught
        tasks.cancel_scope.cancel()
    return Outcome(
        _code(status, in_terminal=plan.command.terminal is not None),
        kept["stdout"],
        kept["stderr"],
        drain_timed_out=drain_timed_out,
    )


async def _end_in_time(process: Process, timeout: float | None) -> int | None:  # noqa: ASYNC109 - a client's
    """The exit status; None when its time was over."""
    with anyio.move_on_after(timeout):
        return await process.wait()
    process.kill()
    await process.wait()
    return None


def _code(status: int | None, *, in_terminal: bool) -> int:
    if status is None:
        return TIMED_OUT
    return status if status >= 0 else 1 if in_terminal else -1


async def _pass_on(
    end: ReadEnd, stream: Stream, kept: Beginning, delta: Delta | None, client: Client
) -> None:
    """Until the end, or the cap: what comes after that is not read."""
    while not kept.full:
        data = await end.receive(READ_BYTES)
        if not data:
            return
        passed = kept.add(data)
        if delta is not None:
            kept.forget()
            client.notify(delta(stream, base64.b64encode(passed).decode(), kept.full))
            await client.drain()


def text_of(output: bytes) -> str:
    """Buffered output as text: UTF-8, or UTF-16 where it says so, or what can be read of it."""
    try:
        return output.decode()
    except UnicodeDecodeError:
        marked = output[:2] in (b"\xff\xfe", b"\xfe\xff")
        return output.decode("utf-16" if marked else "utf-8", "replace")


def _bytes(delta: str) -> bytes:
    try:
        return base64.b64decode(delta, validate=True)
    except (binascii.Error, ValueError) as error:
        raise invalid_params(f"invalid deltaBase64: {base64_fault(delta)}") from error


def _quoted(name: str) -> str:
    return orjson.dumps(name).decode()


def refusal(prefix: str, error: OSError) -> RpcError:
    """Why it could not be started, in the system's words."""
    return internal_error(f"{prefix}: {error.strerror} (os error {error.errno})")
