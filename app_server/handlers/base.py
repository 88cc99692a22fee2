"""What a handler is: a typed async function from params to result, called with who asked.

A handler returns the result; or `Reply`, when something must happen only after the answer has gone out; or
`Later`, when the answer comes at a later event and the method's place in its queue must be free until then.
It raises `RpcError` to refuse.
"""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import Any, Generic, NamedTuple, Protocol, TypeVar

from anyio.abc import TaskGroup

from protocol.jsonrpc import RequestId
from protocol.wire import WireModel

R = TypeVar("R", bound=WireModel)


class Client(Protocol):
    """The connection that a call came from, as far as a handler may know it."""

    @property
    def number(self) -> int:
        """Process-wide, ascending in the order of accepting."""
        ...

    @property
    def experimental_api(self) -> bool: ...

    @property
    def open_requests(self) -> int:
        """How many of its requests run, the one that asks included."""
        ...

    @property
    def queued_requests(self) -> int:
        """How many wait for others of their queue."""
        ...

    @property
    def tasks(self) -> TaskGroup:
        """Where work runs that ends with the connection. What is raised there ends the connection."""
        ...

    def shows_to_know(self, word: str) -> None:
        """It has used what goes with this word of one version of the wire, so it may be told the word."""
        ...

    def notify(self, event: WireModel) -> None:
        """Send a notification to this connection only."""
        ...

    async def drain(self) -> None:
        """Wait until this connection's queue has room."""
        ...


class Audience(Protocol):
    """Who hears what: subscriptions to threads, and broadcasts (connection.md §9, §10)."""

    def subscribe(self, client: Client, thread_id: str) -> None: ...

    def unsubscribe(self, client: Client, thread_id: str) -> bool:
        """False when the client was not subscribed."""
        ...

    def has_subscribers(self, thread_id: str) -> bool: ...

    def emit(self, event: WireModel, thread_id: str | None = None) -> None:
        """Send to the subscribers of the thread, or to all, as the table of notifications says."""
        ...

    async def drain(self, thread_id: str) -> None:
        """Wait until the subscribers' queues have room."""
        ...

    def replay_requests(self, client: Client, thread_id: str) -> None:
        """Send the thread's open server requests again, to this client, with their ids."""
        ...

    def end_requests(self, thread_id: str) -> None:
        """A turn began or ended, or the thread is gone: nobody waits for its open requests any more."""
        ...


class Call(NamedTuple):
    """One request as its handler sees it."""

    client: Client
    method: str
    request_id: RequestId


@dataclass(frozen=True, slots=True)
class Reply(Generic[R]):
    """A result, and what runs once the answer is in the connection's queue."""

    result: R
    then: Callable[[], Awaitable[None] | None]


@dataclass(frozen=True, slots=True)
class Later(Generic[R]):
    """An answer that is still to come: the queue goes on, the request stays open."""

    result: Awaitable[R | Reply[R]]


Handler = Callable[[Call, Any], Awaitable[WireModel | Reply[Any] | Later[Any]]]
