"""One client's connection: who it is, what it wants to hear, and the way out to it."""

from typing import Protocol

import anyio
from anyio.abc import TaskGroup

from app_server.rpc.introduction import Introduction
from app_server.rpc.outgoing import encode_error, encode_notification, encode_result
from app_server.rpc.queues import Place
from protocol.jsonrpc import RequestId, RpcError, internal_error
from protocol.methods import ServerNotification, notification_of
from protocol.vocabulary import Vocabulary, version_of
from protocol.wire import WireModel


class Outlet(Protocol):
    """The way out to one client: whole messages, in order. A transport implements it."""

    @property
    def congested(self) -> bool:
        """Whether more is unwritten than a client that keeps reading would leave."""
        ...

    @property
    def gone(self) -> bool:
        """Whether the client reads no more."""
        ...

    def send(self, data: bytes) -> None:
        """Take whole messages. Never blocks and never fails."""
        ...

    async def drain(self) -> None:
        """Wait until it is no longer congested."""
        ...

    async def flush(self) -> None:
        """Wait until everything is written, or the client is gone."""
        ...


class Lines(Protocol):
    """The way in from one client. A transport implements it."""

    async def receive(self) -> list[bytes]:
        """The lines that are there, after waiting for one; an empty list is the end."""
        ...


class Connection:
    """A connection from accepting to closing. It is what handlers know as their client."""

    def __init__(self, number: int, outlet: Outlet, tasks: TaskGroup) -> None:
        self.number = number
        self.outlet = outlet
        self.tasks = tasks
        self.client: Introduction | None = None
        """Who it is; None until `initialize` has succeeded."""
        self.vocabulary = Vocabulary()
        """The words that it is told."""
        self.queued: dict[Place, RequestId] = {}
        """Its requests that have not begun, so that none outlives it."""
        self._open = 0
        self._all_answered: anyio.Event | None = None

    @property
    def experimental_api(self) -> bool:
        return self.client is not None and self.client.experimental_api

    @property
    def open_requests(self) -> int:
        return self._open

    @property
    def queued_requests(self) -> int:
        return len(self.queued)

    def greet(self, client: Introduction) -> None:
        """The client has introduced itself."""
        self.client = client
        self.vocabulary = Vocabulary(version_of(client.name, client.version, client.capabilities))

    def request_began(self) -> None:
        """A handler will answer; `request_ended` follows."""
        self._open += 1

    def request_ended(self) -> None:
        """The handler is done, answer included."""
        self._open -= 1
        if not self._open and self._all_answered is not None:
            self._all_answered.set()

    async def all_answered(self) -> None:
        """Wait until no request is open."""
        if self._open:
            self._all_answered = anyio.Event()
            await self._all_answered.wait()

    def hears(self, row: ServerNotification) -> bool:
        """Whether this client is to be sent such a notification (connection.md §4, §10)."""
        client = self.client
        if client is None or row.name in client.opted_out:
            return False
        return client.experimental_api or not row.experimental

    def shows_to_know(self, word: str) -> None:
        self.vocabulary.heard |= {word}

    def notify(self, event: WireModel) -> None:
        row = notification_of(event)
        told = self.vocabulary.tell(event) if self.hears(row) else None
        if told is not None:
            self.outlet.send(encode_notification(row.name, told))

    async def drain(self) -> None:
        """Wait until the client has read enough for more to be sent."""
        await self.outlet.drain()

    def answer(self, request_id: RequestId, result: WireModel) -> None:
        """Send a result; one that cannot be encoded becomes an error answer."""
        try:
            # An answer is never left out: nothing of it is dated but parts that can be.
            data = encode_result(request_id, self.vocabulary.tell(result) or result)
        except (TypeError, ValueError) as error:
            self.refuse(request_id, internal_error(f"failed to serialize response: {error}"))
            return
        self.outlet.send(data)

    def refuse(self, request_id: RequestId, error: RpcError) -> None:
        """Send an error answer."""
        self.outlet.send(encode_error(request_id, error))
