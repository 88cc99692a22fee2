"""What the answers of both transports share: how they are read, and how long they may say nothing.

A silent connection is given up after the provider's idle timeout. Any byte is a sign of life, comments and
pings and slow bytes included: providers send such while a model thinks. But an answer that shows nothing
except such signs is given up after ten idle timeouts, so that nobody waits for ever (promise U3).
"""

from abc import ABC, abstractmethod
from types import TracebackType
from typing import Final, Self

import anyio

from app_server.model.answer.events import ResponseEvent

EVENTLESS_FACTOR: Final = 10


class EventStream(ABC):
    """An async iterator over batches of events. It lets go when it ends, fails or is cancelled."""

    def __init__(self, idle_seconds: float) -> None:
        self._idle_seconds = idle_seconds
        self._give_up_at = 0.0
        self._closed = False

    def __aiter__(self) -> Self:
        return self

    async def __anext__(self) -> list[ResponseEvent]:
        if self._closed:
            raise StopAsyncIteration
        try:
            batch = await self._next()
        except BaseException:
            await self.aclose()
            raise
        if batch is None:
            await self.aclose()
            raise StopAsyncIteration
        return batch

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        await self.aclose()

    async def aclose(self) -> None:
        """Stop, and let the connection go. Safe to call at any time."""
        if not self._closed:
            self._closed = True
            await self._let_go()

    @abstractmethod
    async def _next(self) -> list[ResponseEvent] | None:
        """The next batch; None at the end. Raises ModelError."""

    @abstractmethod
    async def _let_go(self) -> None:
        """Give the connection up, or leave it to the next answer. Called once."""

    def _put_off(self) -> None:
        """There was an event: the answer lives."""
        self._give_up_at = anyio.current_time() + EVENTLESS_FACTOR * self._idle_seconds

    @property
    def _patience(self) -> float:
        """How many seconds the next bytes may take."""
        return min(self._idle_seconds, self._give_up_at - anyio.current_time())
