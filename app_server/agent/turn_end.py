"""The three ways in which a turn ends, and the order in which the end is written and told."""

from typing import Final, Literal

import anyio

from app_server.agent.active_turn import ActiveTurn
from app_server.agent.identifiers import unix_millis, unix_seconds
from app_server.agent.session import Session
from app_server.prompt.markers import turn_aborted_message
from app_server.store import records
from protocol.errors import ErrorNotification
from protocol.turn import TurnCompletedNotification

Outcome = Literal["completed", "interrupted", "failed"]
COMPLETED: Final = "completed"
INTERRUPTED: Final = "interrupted"
FAILED: Final = "failed"

_ANSWER_SECONDS: Final = 1.0
"""How long the end of a turn waits for the answers of its interrupts to go out first."""


async def finish(session: Session, turn: ActiveTurn, outcome: Outcome) -> None:
    """Log the end, then answer those who asked for it, then tell everybody."""
    turn.accepts_input, turn.outcome = False, outcome
    if session.goals is not None:
        await session.goals.turn_ends()
    completed_at = unix_seconds()
    duration_ms = unix_millis() - (turn.started_ms or unix_millis())
    _log_end(session, turn, outcome, completed_at, duration_ms)
    await session.persist()
    await _answer_interrupts(turn)
    if outcome == FAILED and turn.error is not None:
        session.status.failed()
        session.sink.emit(
            ErrorNotification(
                thread_id=session.thread_id,
                turn_id=turn.id,
                error=turn.error,
                will_retry=False,
            )
        )
    else:
        session.status.turn_ended()
    session.sink.emit(
        TurnCompletedNotification(
            thread_id=session.thread_id, turn=turn.ended(outcome, completed_at, duration_ms)
        )
    )


def _log_end(
    session: Session, turn: ActiveTurn, outcome: Outcome, completed_at: int, duration_ms: int
) -> None:
    conversation = session.conversation
    if outcome == INTERRUPTED:
        if not turn.replaced:
            conversation.add([turn_aborted_message()])
        reason = "replaced" if turn.replaced else "interrupted"
        conversation.log(
            records.turn_aborted(turn.id, reason=reason, completed_at=completed_at, duration_ms=duration_ms)
        )
        return
    first_token = turn.first_token_ms
    conversation.log(
        records.task_complete(
            turn.id,
            last_agent_message=turn.last_agent_message if outcome == COMPLETED else None,
            completed_at=completed_at,
            duration_ms=duration_ms,
            time_to_first_token_ms=first_token - turn.started_ms if first_token and turn.started_ms else None,
            error=turn.error.to_wire() if turn.error else None,
        )
    )


async def _answer_interrupts(turn: ActiveTurn) -> None:
    with anyio.move_on_after(_ANSWER_SECONDS):
        for waiter in turn.waiters:
            waiter.stopped.set()
        for waiter in turn.waiters:
            await waiter.answered.wait()
