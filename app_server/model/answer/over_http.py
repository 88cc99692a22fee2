"""A model's answer while it arrives: batches of events, and how it ends (model-client.md §3.1).

A batch is all that one read from the network completed, so that the reader is woken once for many deltas.

The end. `response.completed`, `response.failed` and `response.incomplete` end the stream at once, whether or
not the provider closes the connection (promise U2; the reference waits for that after a failure).
"""

from collections.abc import Awaitable, Callable, Iterable, Mapping
from typing import Final

import anyio

from app_server.http.message import HttpError, HttpResponse
from app_server.model import errors
from app_server.model.answer.events import (
    Completed,
    ModelsEtag,
    RateLimitsUpdate,
    ReasoningIncluded,
    ResponseEvent,
    ServerModel,
)
from app_server.model.answer.parser import parse_event
from app_server.model.answer.sse import EventTooLargeError, SseParser
from app_server.model.answer.stream import EventStream
from app_server.model.errors import ModelError
from app_server.model.rate_limits import RateLimits, from_headers

_DRAIN_SECONDS: Final = 0.02


class ResponseStream(EventStream):
    """One answer over HTTP; the request is sent when the first batch is asked for."""

    def __init__(
        self,
        open_response: Callable[[], Awaitable[HttpResponse]],
        *,
        remember: Callable[[RateLimits], RateLimits],
        idle_seconds: float,
    ) -> None:
        super().__init__(idle_seconds)
        self._open = open_response
        self._remember = remember
        self._response: HttpResponse | None = None
        self._sse = SseParser()
        self._failure: ModelError | None = None
        self._completed = False

    async def _let_go(self) -> None:
        response, self._response = self._response, None
        if response is not None:
            await response.close()

    async def _next(self) -> list[ResponseEvent] | None:
        if self._response is None:
            self._response = await self._open()
            self._put_off()
            headers = self._response.headers
            return head_events(headers, map(self._remember, from_headers(headers)))
        while not self._completed:
            if self._failure is not None:
                raise self._failure
            if batch := self._decoded(await self._read(self._response)):
                self._put_off()
                return batch
        await self._drain(self._response)
        return None

    async def _read(self, response: HttpResponse) -> bytes:
        try:
            with anyio.fail_after(self._patience):
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


def head_events(headers: Mapping[str, str], limits: Iterable[RateLimits]) -> list[ResponseEvent]:
    """What the headers of an answer say (model-client.md §2.4), and which limits hold."""
    batch: list[ResponseEvent] = []
    if slug := headers.get("openai-model"):
        batch.append(ServerModel(slug))
    batch.extend(map(RateLimitsUpdate, limits))
    if etag := headers.get("x-models-etag"):
        batch.append(ModelsEtag(etag))
    if "x-reasoning-included" in headers:
        batch.append(ReasoningIncluded())
    return batch
