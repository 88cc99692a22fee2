"""What the agent asks of the world around it. Each is implemented by the server, and by fakes in tests.

Nothing here knows JSON-RPC: an event is the params object of a notification, and a question is its params.
"""

from typing import Protocol

from protocol.wire import WireModel


class EventSink(Protocol):
    """Where one thread's events go, in the order they are emitted."""

    def emit(self, event: WireModel) -> None:
        """Hand over the params object of a notification. Never blocks and never fails."""
        ...

    async def drain(self) -> None:
        """Wait until the slowest reader has caught up enough for more to be emitted."""
        ...


class Questions(Protocol):
    """Asks the clients of a thread (connection.md §7)."""

    async def ask(self, method: str, params: WireModel, *, thread_id: str) -> WireModel:
        """The result of a server request, of the type that the table of methods says.

        Waits for the first answer of any subscriber, for as long as that takes; where there is none, for one
        to come. Raises `tools.host.Unanswered` or `tools.host.UnreadableAnswer`.
        """
        ...


class AgentAudience(Protocol):
    """Who hears of the threads that agents start (threads-and-turns.md §1.6)."""

    def subscribe_everyone(self, thread_id: str) -> None:
        """Every client that is there hears of the thread from now on, as if it had started it."""
        ...

    def forget(self, thread_id: str) -> None:
        """The thread is gone."""
        ...


class AttestationProvider(Protocol):
    """Gets a fresh attestation for one request upstream (connection.md §8)."""

    async def header_value(self, thread_id: str) -> bytes | None:
        """The exact bytes of `x-oai-attestation`, or None when the request must go without it.

        Asked just in time, once for every request attempt; never raises and never takes much longer than
        its budget (100 ms unless configured).
        """
        ...
