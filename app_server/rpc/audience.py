"""Who hears what: open connections, their subscriptions to threads, and events on their way.

connection.md §9 and §10 say who.
"""

from collections.abc import Sequence

from app_server.handlers.base import Client
from app_server.rpc.connection import Connection
from app_server.rpc.outgoing import encode_notification
from app_server.rpc.server_requests import ServerRequests
from protocol.methods import notification_of
from protocol.vocabulary import is_universal
from protocol.wire import WireModel


class RpcAudience:
    """All connections of the process. Implements `handlers.base.Audience`."""

    def __init__(self) -> None:
        self._ready: dict[int, Connection] = {}
        self._threads: dict[str, dict[int, Connection]] = {}
        self.server_requests = ServerRequests(self)

    def admit(self, connection: Connection) -> None:
        """The connection has initialized, and everything that comes before broadcasts was sent to it."""
        self._ready[connection.number] = connection

    def remove(self, connection: Connection) -> None:
        """The connection has closed: its subscriptions end, its open server requests go on (§7.2)."""
        self._ready.pop(connection.number, None)
        for thread_id in [
            thread for thread, members in self._threads.items() if connection.number in members
        ]:
            self._leave(connection.number, thread_id)

    def everyone(self) -> Sequence[Connection]:
        """All initialized connections."""
        return tuple(self._ready.values())

    def subscribers(self, thread_id: str) -> Sequence[Connection]:
        """The thread's subscribers, in the order of subscribing."""
        return tuple(self._threads.get(thread_id, {}).values())

    def subscribe(self, client: Client, thread_id: str) -> None:
        connection = self._ready.get(client.number)
        # A connection may close while its own thread/start is still being answered.
        if connection is not None:
            self._threads.setdefault(thread_id, {})[connection.number] = connection

    def subscribe_everyone(self, thread_id: str) -> None:
        """Implements `agent.ports.AgentAudience`."""
        if self._ready:
            self._threads.setdefault(thread_id, {}).update(self._ready)

    def unsubscribe(self, client: Client, thread_id: str) -> bool:
        return self._leave(client.number, thread_id)

    def forget(self, thread_id: str) -> None:
        """The thread was unloaded: nobody is subscribed to it any more."""
        self._threads.pop(thread_id, None)

    def has_subscribers(self, thread_id: str) -> bool:
        return thread_id in self._threads

    def emit(self, event: WireModel, thread_id: str | None = None) -> None:
        row = notification_of(event)
        if row.audience == "all":
            receivers = self._ready
        else:
            receivers = self._threads.get(thread_id) if thread_id is not None else None
        if not receivers:
            return
        universal = is_universal(type(event))
        encoded: dict[object, bytes | None] = {}
        for connection in receivers.values():
            if connection.hears(row):
                key = None if universal else connection.vocabulary.key
                if key not in encoded:
                    told = event if universal else connection.vocabulary.tell(event)
                    encoded[key] = None if told is None else encode_notification(row.name, told)
                if (data := encoded[key]) is not None:
                    connection.outlet.send(data)

    async def drain(self, thread_id: str) -> None:
        for connection in self.subscribers(thread_id):
            await connection.outlet.drain()

    def replay_requests(self, client: Client, thread_id: str) -> None:
        connection = self._ready.get(client.number)
        if connection is not None:
            self.server_requests.replay(connection, thread_id)

    def end_requests(self, thread_id: str) -> None:
        self.server_requests.end(thread_id)

    def _leave(self, number: int, thread_id: str) -> bool:
        members = self._threads.get(thread_id, {})
        found = members.pop(number, None) is not None
        if found and not members:
            del self._threads[thread_id]
        return found
