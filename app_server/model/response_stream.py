"""A model's answer while it arrives: batches of events, and how it ends (model-client.md §3.1).

A batch is all that one read from the network completed, so that the reader is woken once for many deltas.

Time without life. A silent connection is given up after the provider's idle timeout. Any byte is a sign of
life, comments and slow bytes included: providers send comments while a model thinks. But a stream that shows
nothing except such signs is given up after ten idle timeouts, so that nobody waits for ever (promise U3).

The end. `response.completed`, `response.failed` and `response.incomplete` end the stream at once, whether or
not the provider closes the connection (promise U2; the reference waits for that after a failure).
"""

from collections.abc import Awaitable, Callable, Mapping
from types import TracebackType
from typing import Final, Self

import anyio

from app_server.model import errors
from app_server.model.errors import ModelError
from app_server.model.event_parser import parse_event
from app_server.model.events import (
    Completed,
    ModelsEtag,
    RateLimitsUpdate,
    ReasoningIncluded,
    ResponseEvent,
    ServerModel,
)
from app_server.model.http import HttpError, HttpResponse
from app_server.model.rate_limits import RateLimits, from_headers
from app_server.model.sse import EventTooLargeError, SseParser

EVENTLESS_FACTOR: Final = 10
_DRAIN_SECONDS: Final = 0.02


class ResponseStream:
    """An async iterator over batches. Closes its connection when it ends, fails or is cancelled."""

    def __init__(
        self,
        open_response: Callable[[], Awaitable[HttpResponse]],
        *,
        remember: Callable[[RateLimits], RateLimits],
        idle_seconds: float,
    ) -> None:
        self._open = open_response
        self._remember = remember
        self._idle_seconds = idle_seconds
        self._response: HttpResponse | None = None
        self._sse = SseParser()
        self._give_up_at = 0.0
        self._failure: ModelError | None = None
        self._completed = False
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
        """Give the connection up. Safe to call at any time."""
        self._closed = True
        response, self._response = self._response, None
        if response is not None:
            await response.close()

    async def _next(self) -> list[ResponseEvent] | None:
        if self._response is None:
            self._response = await self._open()
            self._give_up_at = anyio.current_time() + EVENTLESS_FACTOR * self._idle_seconds
            return head_events(self._response.headers, self._remember)
        while not self._completed:
            if self._failure is not None:
                raise self._failure
            if batch := self._decoded(await self._read(self._response)):
                self._give_up_at = anyio.current_time() + EVENTLESS_FACTOR * self._idle_seconds
                return batch
        await self._drain(self._response)
        return None

    async def _read(self, response: HttpResponse) -> bytes:
        patience = min(self._idle_seconds, self._give_up_at - anyio.current_time())
        try:
            with anyio.fail_after(patience):
                return await response.read()
        except TimeoutError:
            raise errors.idle_timeout() from None
        except HttpError:
            raise errors.broken_body() from None

    def _decoded(self, chunk: bytes) -> list[ResponseEvent]:
        """The events that a chunk completes. A failure among them is kept until those before it were read."""
        batch: list[ResponseEvent] = []
        try:
            for data in self._sse.feed(chunk) if chunk else self._sse.finish():
                parse_event(data, batch)
                if batch and batch[-1].__class__ is Completed:
                    self._completed = True
                    return batch
        except ModelError as error:
            self._failure = error
        except EventTooLargeError:
            self._failure = errors.disconnected("an event of the stream is too large")
        else:
            if not chunk:
                self._failure = errors.closed_early()
        return batch

    async def _drain(self, response: HttpResponse) -> None:
        """Read the rest if it comes at once: only a connection read to its end can be used again."""
        try:
            with anyio.move_on_after(_DRAIN_SECONDS):
                while await response.read():
                    pass
        except HttpError:
            return


def head_events(
    headers: Mapping[str, str], remember: Callable[[RateLimits], RateLimits]
) -> list[ResponseEvent]:
    """What the headers of an answer say (model-client.md §2.4); there is always a rate limit."""
    batch: list[ResponseEvent] = []
    if slug := headers.get("openai-model"):
        batch.append(ServerModel(slug))
    batch.extend(RateLimitsUpdate(remember(limits)) for limits in from_headers(headers))
    if etag := headers.get("x-models-etag"):
        batch.append(ModelsEtag(etag))
    if "x-reasoning-included" in headers:
        batch.append(ReasoningIncluded())
    return batch
