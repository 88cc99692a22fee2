"""One compaction, from its item's start to its end (threads-and-turns.md §7, H)."""

from collections.abc import Sequence
from dataclasses import replace
from typing import Final, Literal

from app_server.agent.active_turn import ActiveTurn
from app_server.agent.compaction.local import summarise
from app_server.agent.compaction.remote import compacted_by_provider
from app_server.agent.errors import StoppedByHooks
from app_server.agent.identifiers import new_item_id
from app_server.agent.session import Session
from app_server.agent.shown_items import item_completed, item_started
from app_server.agent.turn_context import standing_sections_of, turn_context
from app_server.model.errors import ModelError
from app_server.prompt.compacted import with_context
from app_server.prompt.context import TurnContext
from app_server.prompt.estimate import history_tokens
from app_server.prompt.initial import initial_context
from app_server.store import records
from protocol.item import ContextCompactionThreadItem
from protocol.wire import JsonObject

Way = Literal["local", "remote"]
_ACCURACY: Final = (
    "This thread's history was shortened. Models grow less accurate in threads that are long or were "
    "shortened often; a new thread for each task serves better."
)


async def compact_by_request(session: Session, turn: ActiveTurn) -> None:
    """The whole of a turn that a client asked for to compact the history. Raises ModelError."""
    context = await turn_context(session, turn.id)
    await compact(session, turn, context, [usual_way(session)], by_request=True)
    session.failed_compactions = 0


def usual_way(session: Session) -> Way:
    return "remote" if session.client.provider.compacts else "local"


async def compact(
    session: Session,
    turn: ActiveTurn,
    context: TurnContext,
    ways: Sequence[Way],
    *,
    by_request: bool = False,
    mid_turn: bool = False,
    tolerant: bool = False,
) -> None:
    """Replace the history, in the first of these ways that works. Raises the last one's ModelError.

    `tolerant`: failing is told as a warning instead. `mid_turn`: the history goes on with the turn, so it
    describes the turn's settings; else the next turn does that. Raises StoppedByHooks before or after it.
    """
    await _tell_hooks(session, turn, "PreCompact", by_request=by_request)
    item = ContextCompactionThreadItem(id=new_item_id())
    item_started(session, turn, item)
    failure: ModelError | None = None
    for way in ways:
        try:
            await _replace_history(session, turn, context, way, mid_turn=mid_turn)
        except ModelError as error:
            failure = error
            continue
        session.conversation.log(records.context_compacted(item_id=item.id))
        item_completed(session, turn, item)
        if way == "local":
            session.warn(_ACCURACY)
        await _tell_hooks(session, turn, "PostCompact", by_request=by_request)
        return
    if failure is not None and not tolerant:
        raise failure
    item_completed(session, turn, item)
    session.warn(f"The history could not be shortened, and the turn goes on with all of it: {failure}")


async def _tell_hooks(session: Session, turn: ActiveTurn, moment: str, *, by_request: bool) -> None:
    hooks = session.hooks
    if hooks is None or hooks.only_tools:
        return
    from app_server.agent.hooks.runs import run_hooks  # few threads have hooks

    trigger = "manual" if by_request else "auto"
    runs = await run_hooks(session, turn, hooks, moment, {"trigger": trigger}, subjects=[trigger])
    if any(run.meaning.stop is not None for run in runs):
        raise StoppedByHooks


async def _replace_history(
    session: Session, turn: ActiveTurn, context: TurnContext, way: Way, *, mid_turn: bool
) -> None:
    message = ""
    items: list[JsonObject]
    if way == "local":
        items, message = await summarise(session, turn, context)
    else:
        items = await compacted_by_provider(session, turn, context)
    if mid_turn:
        cwd = context.cwd if context.environments else None
        standing = await standing_sections_of(session, context.model.context_window, cwd=cwd)
        told = replace(context, standing=standing)
        items = with_context(items, initial_context(told, previous_model=session.last_model))
    session.conversation.replace(items, message=message, context=context.to_record() if mid_turn else None)
    session.client.begin_window()
    session.usage.estimate(history_tokens(session.conversation.history, context.base_instructions))
    session.report_usage(turn.id)
    await session.persist()
