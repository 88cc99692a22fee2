"""The way of a thread's events to its clients."""

from app_server.handlers.base import Audience
from protocol.turn import TurnCompletedNotification, TurnStartedNotification
from protocol.wire import WireModel


class ThreadSink:
    """Implements `agent.ports.EventSink` with the subscribers of one thread."""

    def __init__(self, audience: Audience, thread_id: str) -> None:
        self._audience = audience
        self._thread_id = thread_id

    def emit(self, event: WireModel) -> None:
        """Send on. With a turn's begin or end, nobody waits for earlier questions any more (§7.2)."""
        self._audience.emit(event, self._thread_id)
        if isinstance(event, TurnStartedNotification | TurnCompletedNotification):
            self._audience.end_requests(self._thread_id)

    async def drain(self) -> None:
        await self._audience.drain(self._thread_id)
