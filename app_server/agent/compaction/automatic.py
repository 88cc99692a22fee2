"""Compaction that nobody asked for: the history has come near the end of the window (model-client.md §7.1).

When it fails, the turn fails, as clients know it. But the same failure in a row must not strand the thread:
the next time the other way is tried too, and if that does not help either, the turn goes on with the whole
history and a warning (promise A3).
"""

from collections.abc import Sequence
from dataclasses import replace

from app_server.agent.active_turn import ActiveTurn
from app_server.agent.compaction.run import Way, compact, usual_way
from app_server.agent.session import Session
from app_server.agent.settings import model_of
from app_server.agent.turn_context import turn_context
from app_server.model.errors import ModelError
from app_server.model.model_info import ModelInfo
from app_server.prompt.context import TurnContext
from app_server.prompt.estimate import tokens_since_answer


async def compact_before_turn(session: Session, turn: ActiveTurn) -> None:
    """Make room before the turn tells the model anything. Raises ModelError and StoppedByHooks.

    A model with a smaller window than the last one may not be able to read the history any more, so then the
    last one shortens it.
    """
    model = model_of(session.settings, session.config)
    earlier = _larger_model(session, model)
    if earlier is not None and _used(session) > model.compaction_limit:
        before = replace(session, settings=replace(session.settings, model=earlier))
        await _compact(session, turn, await turn_context(before, turn.id), mid_turn=False)
    if not turn.compaction_waived and _used(session) >= model.compaction_limit:
        await _compact(session, turn, await turn_context(session, turn.id), mid_turn=False)


async def compact_within_turn(session: Session, turn: ActiveTurn, context: TurnContext) -> None:
    """Make room before the turn asks the model again. Raises ModelError and StoppedByHooks."""
    if not turn.compaction_waived and _used(session) >= context.model.compaction_limit:
        await _compact(session, turn, context, mid_turn=True)


def _used(session: Session) -> int:
    history = session.conversation.history
    return session.usage.held_tokens + tokens_since_answer(
        history, reasoning_counted=session.reasoning_counted
    )


def _larger_model(session: Session, model: ModelInfo) -> str | None:
    """The last turn's model, if it is another one with a larger window."""
    last = session.last_model
    if last is None or last == model.slug:
        return None
    facts = model_of(replace(session.settings, model=last), session.config)
    larger, smaller = facts.usable_context_window, model.usable_context_window
    return last if larger is not None and smaller is not None and larger > smaller else None


async def _compact(session: Session, turn: ActiveTurn, context: TurnContext, *, mid_turn: bool) -> None:
    tolerant = session.failed_compactions > 0
    before = session.client.window_number
    session.failed_compactions += 1
    try:
        await compact(session, turn, context, _ways(session, tolerant), mid_turn=mid_turn, tolerant=tolerant)
    except ModelError:
        raise
    except (
        BaseException
    ):  # it was interrupted or stopped, which says nothing about whether it would have worked
        session.failed_compactions -= 1
        raise
    if session.client.window_number != before:
        session.failed_compactions = 0
    else:
        turn.compaction_waived = True


def _ways(session: Session, tolerant: bool) -> Sequence[Way]:
    way = usual_way(session)
    return ("remote", "local") if tolerant and way == "remote" else (way,)
