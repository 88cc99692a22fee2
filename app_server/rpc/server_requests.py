"""Questions of the server to its clients (connection.md §7).

Ids count up from 0 through the whole process. The first answer with an id wins, whichever connection it comes
from; a later one finds nobody and is dropped. A question that belongs to a thread survives the connections it
was sent to: it is asked again of whoever resumes the thread, until the thread's turn moves on.
"""

import logging
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Protocol

import anyio
import orjson

from app_server.rpc.connection import Connection
from app_server.rpc.messages import Answer
from app_server.rpc.outgoing import encode_request, escape_separators, model_bytes
from protocol.decode import DecodeError, decode
from protocol.methods import SERVER_REQUESTS
from protocol.wire import WireModel

logger = logging.getLogger("app_server.rpc")

_TURNS_FOR_READERS = 5

_COMMAND_APPROVAL = "item/commandExecution/requestApproval"
_ANNOUNCED = frozenset(
    {
        _COMMAND_APPROVAL,
        "item/fileChange/requestApproval",
        "item/permissions/requestApproval",
        "item/tool/requestUserInput",
        "mcpServer/elicitation/request",
    }
)
"""Those whose end is told to the thread's subscribers with `serverRequest/resolved` (§7.3)."""


class AskError(Exception):
    """A question that got no usable answer."""


class AnsweredWithError(AskError):
    """The client answered with an error."""

    def __init__(self, code: int, message: str) -> None:
        super().__init__(message)
        self.code = code


class UndecodableAnswer(AskError):  # noqa: N818
    """The client's result is not of the method's type."""


class NoAnswerInTime(AskError):  # noqa: N818
    """The question's time ran out."""


class TurnMovedOn(AskError):  # noqa: N818
    """The thread's turn began or ended meanwhile: stop waiting, and decide nothing."""


class AskCancelled(AskError):  # noqa: N818
    """The server is shutting down."""


class Listeners(Protocol):
    """To whom a question may go, and who is told of its end."""

    def everyone(self) -> Sequence[Connection]: ...

    def subscribers(self, thread_id: str) -> Sequence[Connection]: ...

    def emit(self, event: WireModel, thread_id: str | None = None) -> None: ...


@dataclass(eq=False, slots=True)
class _Open:
    """A question without an answer so far."""

    request_id: int
    method: str
    params: WireModel
    thread_id: str | None
    outcome: Answer | AskError | None = None
    settled: anyio.Event = field(default_factory=anyio.Event)


class ServerRequests:
    """All open questions of the process."""

    def __init__(self, listeners: Listeners) -> None:
        self._listeners = listeners
        self._open: dict[int, _Open] = {}
        self._next_id = 0
        self._closed = False

    @property
    def open_count(self) -> int:
        """How many questions wait for an answer."""
        return len(self._open)

    async def ask(
        self,
        method: str,
        params: WireModel,
        *,
        thread_id: str | None = None,
        clients: Sequence[Connection] | None = None,
        timeout: float | None = None,  # noqa: ASYNC109 - its end is an outcome
    ) -> WireModel:
        """Ask, and wait for the result as the method's result type.

        Sent to `clients`; or else to the thread's subscribers of this moment, and when there are none it
        waits for a resume; or else to all initialized connections. `timeout` in seconds.

        Raises AnsweredWithError, UndecodableAnswer, NoAnswerInTime, TurnMovedOn or AskCancelled.
        """
        if self._closed:
            raise AskCancelled("the server is shutting down")
        question = _Open(self._next_id, method, params, thread_id)
        self._next_id += 1
        self._open[question.request_id] = question
        if clients is None:
            clients = (
                self._listeners.everyone() if thread_id is None else self._listeners.subscribers(thread_id)
            )
        self._send(question, clients)
        try:
            with anyio.move_on_after(timeout):
                await question.settled.wait()
            if not question.settled.is_set():
                await _let_arrived_lines_be_read()
        finally:
            # A thread's stays open when its asker is cancelled: its end is told at the turn's (§7.3).
            if thread_id is None:
                self._open.pop(question.request_id, None)
        return self._result(question)

    def settle(self, answer: Answer) -> None:
        """A client has answered. One that nobody waits for is dropped."""
        question = self._open.get(answer.request_id) if isinstance(answer.request_id, int) else None
        if question is None:
            logger.warning("an answer to no open request: %r", answer.request_id)
            return
        self._close(question, answer)

    def replay(self, connection: Connection, thread_id: str) -> None:
        """Send the thread's open questions again, to this connection, in the order they were asked."""
        for question in self._of_thread(thread_id):
            self._send(question, [connection])

    def end(self, thread_id: str) -> None:
        """The thread's turn began or ended: whoever waits for its questions raises TurnMovedOn."""
        for question in self._of_thread(thread_id):
            self._close(question, TurnMovedOn("the turn has moved on"))

    def shut_down(self) -> None:
        """Whoever waits raises AskCancelled, and so does whoever asks from now on."""
        self._closed = True
        for question in tuple(self._open.values()):
            self._open.pop(question.request_id)
            question.outcome = AskCancelled("the server is shutting down")
            question.settled.set()

    def _of_thread(self, thread_id: str) -> Sequence[_Open]:
        return [question for question in self._open.values() if question.thread_id == thread_id]

    def _send(self, question: _Open, clients: Sequence[Connection]) -> None:
        for connection in clients:
            params = _params_for(connection, question)
            connection.outlet.send(encode_request(question.request_id, question.method, params))

    def _close(self, question: _Open, outcome: Answer | AskError) -> None:
        del self._open[question.request_id]
        question.outcome = outcome
        question.settled.set()
        if question.thread_id is not None and question.method in _ANNOUNCED:
            # The approvals' types are many, and most threads never need one.
            from protocol.approval import ServerRequestResolvedNotification

            event = ServerRequestResolvedNotification(
                thread_id=question.thread_id, request_id=question.request_id
            )
            self._listeners.emit(event, question.thread_id)

    @staticmethod
    def _result(question: _Open) -> WireModel:
        outcome = question.outcome
        if outcome is None:
            raise NoAnswerInTime(f"no answer to {question.method} in time")
        if isinstance(outcome, AskError):
            raise outcome
        if outcome.error is not None:
            raise AnsweredWithError(outcome.error.code, outcome.error.message)
        try:
            return decode(SERVER_REQUESTS[question.method].result_type(), outcome.result)
        except DecodeError as error:
            raise UndecodableAnswer(str(error)) from error


async def _let_arrived_lines_be_read() -> None:
    """Give the connections' readers a few turns.

    When something has kept the event loop busy, an answer may have arrived within its time and not been read.
    """
    for _ in range(_TURNS_FOR_READERS):
        await anyio.lowlevel.checkpoint()


def _params_for(connection: Connection, question: _Open) -> bytes:
    """The question's params as this client may see them (connection.md §4)."""
    params = connection.vocabulary.tell(question.params) or question.params
    if question.method == _COMMAND_APPROVAL and not connection.experimental_api:
        visible = params.to_wire()
        visible.pop("additionalPermissions", None)
        return escape_separators(orjson.dumps(visible))
    return model_bytes(params)
