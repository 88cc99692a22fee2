"""Asking again when a stream broke: what is retried, how often, and what clients see (model-client.md §4)."""

from collections.abc import Awaitable, Callable
from typing import TypeVar

import anyio

from app_server.agent.active_turn import ActiveTurn
from app_server.agent.session import Session
from app_server.model.errors import ModelError
from app_server.model.retry import backoff
from protocol.errors import ErrorNotification, TurnError

Answer = TypeVar("Answer")


async def with_retries(
    session: Session, turn: ActiveTurn, attempt: Callable[[], Awaitable[Answer]]
) -> Answer:
    """What the first attempt that works gives. Raises the ModelError that cannot be retried, or the last one.

    Every attempt is to build its request anew, for what a broken stream had finished may be part of the
    history by then.
    """
    allowed = session.client.provider.stream_max_retries
    retries = 0
    while True:
        try:
            return await attempt()
        except ModelError as error:
            if not error.retryable:
                raise
            if retries >= allowed:
                if not await session.client.fall_back():
                    raise
                session.warn(f"Falling back from WebSockets to HTTPS transport. {error.message}")
                retries = 0
                continue
            retries += 1
            if retries > 1 or not session.client.uses_websocket:  # a socket's first break is nobody's concern
                _tell(session, turn, error, f"Reconnecting... {retries}/{allowed}")
            pause = error.delay if error.delay is not None else backoff(retries)
        await anyio.sleep(pause)


def _tell(session: Session, turn: ActiveTurn, error: ModelError, message: str) -> None:
    """Say that the turn asks again; `message` counts the attempts."""
    session.sink.emit(
        ErrorNotification(
            thread_id=session.thread_id,
            turn_id=turn.id,
            error=TurnError.model_validate(
                {
                    "message": message,
                    "codexErrorInfo": error.retry_info,
                    "additionalDetails": error.message,
                }
            ),
            will_retry=True,
        )
    )
