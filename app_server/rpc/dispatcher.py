"""From a request to its handler and back, in the order of checks of connection.md §2.4.

Decoding comes first, then `initialize` itself, then whether the client has initialized, then the experimental
gate, then the queues. This is the only place that calls handlers, and it answers each request exactly once.
"""

import logging
from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, cast

import anyio

from app_server.handlers.base import Call, Handler, Later, Reply
from app_server.rpc.connection import Connection
from app_server.rpc.errors import error_answer, shutting_down
from app_server.rpc.handshake import Handshake
from app_server.rpc.messages import Request
from app_server.rpc.ordering import queue_of
from app_server.rpc.queues import OrderedQueues, Place
from protocol.decode import decode_params, unknown_method
from protocol.gating import experimental_use
from protocol.jsonrpc import invalid_request
from protocol.methods import CLIENT_REQUESTS, ClientRequest
from protocol.wire import WireModel

if TYPE_CHECKING:
    from protocol.initialize import InitializeParams

logger = logging.getLogger("app_server.rpc")


@dataclass(eq=False, slots=True)
class _Work:
    """One request on its way through its handler."""

    connection: Connection
    request: Request
    handler: Handler
    params: WireModel | None
    on_finished: Callable[[], None] | None
    place: Place | None = None
    answered: bool = False

    def release(self) -> None:
        """The handler has returned: what waits for its place or its room goes on."""
        if self.place is not None:
            self.place.leave()
        on_finished, self.on_finished = self.on_finished, None
        if on_finished is not None:
            on_finished()


class Dispatcher:
    """Knows the table of methods and, by `resolve`, who handles each."""

    def __init__(self, resolve: Callable[[str], Handler | None], handshake: Handshake) -> None:
        self._resolve = resolve
        self._handshake = handshake
        self._queues = OrderedQueues()

    def begin(self, connection: Connection, request: Request, on_finished: Callable[[], None]) -> bool:
        """Answer at once what can be, and queue the rest: True, and `on_finished` follows once."""
        try:
            return self._admit(connection, request, on_finished)
        except Exception as error:  # noqa: BLE001 - the edge: whatever happens, the request is answered
            connection.refuse(request.request_id, error_answer(error, request.method))
            return False

    def _admit(self, connection: Connection, request: Request, on_finished: Callable[[], None]) -> bool:
        row = CLIENT_REQUESTS.get(request.method)
        handler = None if row is None else self._resolve(request.method)
        greeting = request.method == "initialize"
        if row is None or (handler is None and not greeting):
            unknown = unknown_method(request.method, CLIENT_REQUESTS)
            raise invalid_request(f"Invalid request: {unknown}", kind="method_not_found")
        params = decode_params(row, request.params is not None, request.params)
        if greeting:
            self._handshake.perform(connection, request.request_id, cast("InitializeParams", params))
            return False
        if connection.client is None:
            raise invalid_request("Not initialized", kind="not_initialized")
        if not connection.experimental_api:
            reason = experimental_use(row, params)
            if reason is not None:
                raise invalid_request(
                    f"{reason} requires experimentalApi capability", kind="experimental_api_required"
                )
        connection.vocabulary.hear(row.since, params)
        assert handler is not None  # noqa: S101 - only `initialize` has none
        self._enqueue(_Work(connection, request, handler, params, on_finished), row)
        return True

    def _enqueue(self, work: _Work, row: ClientRequest) -> None:
        key, shared = queue_of(row, work.params, work.connection.number)

        def start() -> None:
            if work.place is not None:
                work.connection.queued.pop(work.place, None)
            work.connection.request_began()
            work.connection.tasks.start_soon(self._run, work)

        work.place = self._queues.enter(key, shared, start)
        if work.place.waiting:
            work.connection.queued[work.place] = work.request.request_id

    async def _run(self, work: _Work) -> None:
        request, connection = work.request, work.connection
        call = Call(connection, request.method, request.request_id)
        try:
            outcome = await work.handler(call, work.params)
            if isinstance(outcome, Later):
                work.release()
                outcome = await outcome.result
            await self._finish(work, outcome)
        except Exception as error:  # noqa: BLE001 - the edge: nothing that a handler raises ends the server
            self._fail(work, error)
        except anyio.get_cancelled_exc_class():
            if not work.answered:
                connection.refuse(request.request_id, shutting_down())
            raise
        finally:
            work.release()
            connection.request_ended()

    async def _finish(self, work: _Work, outcome: WireModel | Reply[Any]) -> None:
        result = outcome.result if isinstance(outcome, Reply) else outcome
        work.connection.answer(work.request.request_id, result)
        work.answered = True
        if isinstance(outcome, Reply):
            then = outcome.then()
            if then is not None:
                await then

    def _fail(self, work: _Work, error: Exception) -> None:
        if work.answered:
            logger.error("%s failed after its answer", work.request.method, exc_info=error)
            return
        work.answered = True
        work.connection.refuse(work.request.request_id, error_answer(error, work.request.method))
