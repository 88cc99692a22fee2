"""One answer that comes over a websocket: the same batches of events as `ResponseStream` gives.

Where the provider wants no websocket, the answer is asked for over HTTP within the same attempt. A socket
that had died unnoticed since the last answer is replaced by a fresh one, once and at once (promise U1).
"""

from typing import Final

import anyio

from app_server.http.message import HttpError
from app_server.http.websocket import WebSocketClosedError
from app_server.model import errors
from app_server.model.answer.events import Completed, ItemDone, RateLimitsUpdate, ResponseEvent
from app_server.model.answer.over_http import ResponseStream, head_events
from app_server.model.answer.parser import parse_event
from app_server.model.answer.stream import EventStream
from app_server.model.errors import ModelError
from app_server.model.rate_limits import RateLimits, from_headers
from app_server.model.request import ResponsesRequest
from app_server.model.thread_requests import ThreadRequests, TurnRequests
from app_server.model.websocket.events import failure_of, limits_of
from app_server.model.websocket.incremental import Answered
from app_server.model.websocket.route import SocketRoute
from protocol.wire import JsonObject

_RATE_LIMITS: Final = b"codex.rate_limits"
_ERROR: Final = b'"error"'


class SocketAnswer(EventStream):
    """One answer over the thread's websocket. What ends before the answer does takes the socket with it."""

    def __init__(
        self,
        route: SocketRoute,
        thread: ThreadRequests,
        turn: TurnRequests,
        request: ResponsesRequest,
        *,
        warm: bool = False,
    ) -> None:
        """`warm` asks for no answer, only that the socket gets ready."""
        super().__init__(thread.idle_seconds)
        self._route = route
        self._thread = thread
        self._turn = turn
        self._request = request
        self._warm = warm
        self._fields: JsonObject = {}
        """The members of the request, which the next one on the socket may refer to."""
        self._http: ResponseStream | None = None
        self._begun = self._reused = self._in_step = self._completed = False
        self._produced: list[JsonObject] = []
        self._failure: ModelError | None = None

    async def _let_go(self) -> None:
        """A socket on which an answer is still to come is of no use to anybody else."""
        if self._http is not None:
            await self._http.aclose()
        elif self._begun and not self._in_step:
            await self._route.drop()

    async def _next(self) -> list[ResponseEvent] | None:
        if self._completed:
            return None
        if self._http is not None:
            return await anext(self._http, None)
        if not self._begun:
            return await self._begin()
        while True:
            if self._failure is not None:
                raise self._failure
            if batch := self._decoded(await self._receive()):
                self._put_off()
                return batch

    async def _begin(self) -> list[ResponseEvent] | None:
        reused = await self._route.ready(self._turn, warm=self._warm)
        if reused is None:
            if self._warm:
                return None
            self._http = self._turn.over_http(self._request)
            return await anext(self._http)
        self._begun, self._reused = True, reused
        try:
            self._fields = await self._route.ask(self._turn, self._request, warm=self._warm)
        except HttpError as error:
            await self._again(error)
        self._put_off()
        return head_events(self._route.headers, [self._limits(is_new=not self._reused)])

    def _limits(self, *, is_new: bool) -> RateLimits:
        """The limits as an answer begins: what a new socket's handshake says, else what was told last.

        The handshake of a socket in use says what was so long ago, and one may say nothing at all.
        """
        thread, known = self._thread, self._thread.rate_limits
        told = [limits for limits in from_headers(self._route.headers) if limits.is_told]
        if known is None or (is_new and told):
            for limits in told or [RateLimits()]:
                known = thread.remember(limits)
        assert known is not None  # noqa: S101 - set above
        return known

    async def _again(self, error: HttpError | WebSocketClosedError) -> None:
        """Ask on a fresh socket, if this one was old and has not said a word. Raises ModelError."""
        closed = isinstance(error, WebSocketClosedError)
        failure = errors.socket_closed() if closed else errors.disconnected(str(error))
        if not self._reused:
            raise failure from None
        self._reused = False
        await self._route.drop()
        if not await self._route.connect(self._turn):
            raise failure from None
        try:
            self._fields = await self._route.ask(self._turn, self._request, warm=self._warm)
        except HttpError as broken:
            raise errors.disconnected(str(broken)) from None

    async def _receive(self) -> list[bytes]:
        patience = self._patience
        while True:
            socket = self._route.socket
            if socket is None:
                raise errors.socket_closed()
            try:
                with anyio.fail_after(patience):
                    messages = await socket.receive()
            except TimeoutError:
                raise errors.socket_idle() from None
            except (HttpError, WebSocketClosedError) as error:
                await self._again(error)
                continue
            self._reused = self._reused and not messages
            return messages

    def _decoded(self, messages: list[bytes]) -> list[ResponseEvent]:
        """A failure among the messages is kept until the events before it were read."""
        batch: list[ResponseEvent] = []
        try:
            for data in messages:
                if _RATE_LIMITS in data and (limits := limits_of(data)) is not None:
                    batch.append(RateLimitsUpdate(self._thread.remember(limits)))
                    continue
                if _ERROR in data and (failure := failure_of(data, self._thread)) is not None:
                    self._failure = failure
                    return batch
                parse_event(data, batch)
                if not batch:
                    continue
                last = batch[-1]
                if isinstance(last, ItemDone):
                    self._produced.append(last.item)
                elif isinstance(last, Completed):
                    self._complete(last)
                    return batch
        except ModelError as error:  # the answer failed; the socket has not
            self._in_step = True
            self._failure = error
        return batch

    def _complete(self, completed: Completed) -> None:
        self._completed = self._in_step = True
        self._route.previous = Answered(self._fields, completed.response_id, tuple(self._produced))


async def warm_up(
    route: SocketRoute, thread: ThreadRequests, turn: TurnRequests, request: ResponsesRequest
) -> None:
    """Open the socket and show it what does not change, unless a turn asks already.

    Never raises ModelError: without a warm-up the turn opens a socket of its own.
    """
    if route.asked:
        return
    with route.warming(turn):
        async with SocketAnswer(route, thread, turn, request, warm=True) as answer:
            async for _ in answer:
                pass
