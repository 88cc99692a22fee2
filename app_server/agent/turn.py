"""A turn from its first notification to its last: input, answers of the model, tool calls, the end.

The order of what clients see and of what the log holds is that of threads-and-turns.md §6, §7 and
persistence.md §2.7.
"""

import logging
from collections.abc import Awaitable, Callable, Sequence

import anyio

from app_server.agent import turn_end
from app_server.agent.active_turn import ActiveTurn, TurnInput
from app_server.agent.called_for import called_for
from app_server.agent.errors import StoppedByHooks
from app_server.agent.identifiers import new_item_id, unix_millis, unix_seconds
from app_server.agent.mcp import first_turn_seconds
from app_server.agent.retry import with_retries
from app_server.agent.sampling import Answer, Sampler
from app_server.agent.session import Session
from app_server.agent.settings import model_warning
from app_server.agent.shown_items import item_completed, item_started
from app_server.agent.tool_host import TurnHost
from app_server.agent.turn_context import describe_context, model_request, places_of, turn_context
from app_server.agent.turn_metadata import turn_metadata
from app_server.mcp.settings import ACCOUNT_SERVER
from app_server.model.errors import ModelError
from app_server.model.request import ResponsesRequest
from app_server.prompt.context import TurnContext
from app_server.prompt.user_input import read_user_message
from app_server.store import records
from protocol.errors import TurnError
from protocol.item import UserMessageThreadItem
from protocol.turn import TurnStartedNotification
from protocol.wire import JsonObject

logger = logging.getLogger("app_server.agent")


async def run_turn(session: Session, turn: ActiveTurn) -> None:
    """Run one turn to its end and announce it. Never raises, except when the server stops.

    A turn that was begun is always ended: completed, interrupted or failed, exactly once.
    """
    begin_turn(session, turn)

    async def work() -> None:
        await (_compact(session, turn) if turn.kind == "compact" else converse(session, turn))

    await carry_out(session, turn, work)


async def carry_out(session: Session, turn: ActiveTurn, work: Callable[[], Awaitable[None]]) -> None:
    """Do what a begun turn is for, and end it as that ends. Raises as `run_turn`."""
    outcome = turn_end.INTERRUPTED
    try:
        with turn.scope:
            await work()
            outcome = turn_end.COMPLETED
    except StoppedByHooks:
        outcome = turn_end.COMPLETED
    except ModelError as error:
        outcome = turn_end.FAILED
        _book_failure(session, turn, error)
    except Exception:  # the boundary of a turn: a defect ends the turn, never the thread
        logger.exception("turn %s ended by an unexpected error", turn.id)
        outcome = turn_end.FAILED
        turn.error = TurnError(
            message="The turn ended because of an internal error.", codex_error_info="other"
        )
    finally:
        with anyio.CancelScope(shield=True):
            await turn.end_beside()
            take_told(session, turn)
            await turn_end.finish(session, turn, outcome)
        session.turn_id = None


def begin_turn(session: Session, turn: ActiveTurn) -> None:
    """Announce and record that the turn begins."""
    if (warning := model_warning(session.settings)) is not None:
        session.warn(warning)
    turn.started_at, turn.started_ms = unix_seconds(), unix_millis()
    session.turn_id = turn.id
    if session.goals is not None:
        session.goals.turn_begins()
    session.status.turn_started()
    session.conversation.log(
        records.task_started(turn.id, started_at=turn.started_at, model_context_window=session.usage.window)
    )
    session.sink.emit(TurnStartedNotification(thread_id=session.thread_id, turn=turn.announced()))


async def converse(session: Session, turn: ActiveTurn) -> None:
    """Ask the model until it has nothing more to do and nothing more was said to it."""
    await session.mcp.apply_queued()
    await _wait_for_tools(session, turn)
    if session.conversation.history:
        from app_server.agent.compaction.automatic import compact_before_turn  # not on a first turn's way

        await compact_before_turn(session, turn)
    context = await turn_context(session, turn.id, turn.output_schema, places=turn.places)
    describe_context(session, context)
    turn.called_apps = await _called_before(session, context)
    if not await _begins(session, turn):
        return
    said = bool(turn.told) if turn.input.is_empty else await _say(session, turn, turn.input)
    take_told(session, turn)
    while turn.steered and not said:
        said = await _say(session, turn, turn.steered.popleft())
    if not said:
        turn.accepts_input = False
        return
    host = TurnHost(session, turn, context)
    model_turn = session.client.turn(turn_metadata(session, turn))

    async def attempt() -> Answer:
        return await Sampler(session, turn, host).run(
            model_turn, _next_request(session, turn, context, host.toolbox.specs)
        )

    while True:
        answer = await with_retries(session, turn, attempt)
        await _count_for_goal(session, turn, answer)
        goes_on = answer.has_calls or answer.end_turn is False
        if not turn.steered and not goes_on:
            await turn.wait_beside()
            if not turn.steered and not turn.told:
                goes_on = await _is_held(session, turn)
            if not (turn.steered or turn.told or goes_on):
                turn.accepts_input = False
                return
        from app_server.agent.compaction.automatic import compact_within_turn  # as above

        await compact_within_turn(session, turn, context)
        goes_on = goes_on or bool(turn.told)
        take_told(session, turn)
        while turn.steered:
            goes_on = await _say(session, turn, turn.steered.popleft()) or goes_on
        if not goes_on:  # hooks kept all that was said from the model
            turn.accepts_input = False
            return


async def _count_for_goal(session: Session, turn: ActiveTurn, answer: Answer) -> None:
    """What an answer took is counted when its calls have ended, and at the end of the turn."""
    if session.goals is not None and answer.has_calls:
        await session.goals.answered(turn)


def _next_request(
    session: Session, turn: ActiveTurn, context: TurnContext, tools: Sequence[JsonObject]
) -> ResponsesRequest:
    changes = turn.changes
    if changes is None:
        return model_request(session, context, tools)
    return changes.request(model_request(session, changes.context(context), tools))


def take_told(session: Session, turn: ActiveTurn) -> None:
    """Put into the history what nobody said: what came of the user's own commands, and news of agents."""
    session.conversation.add([*turn.noted, *turn.told])
    turn.noted.clear()
    turn.told.clear()


async def _compact(session: Session, turn: ActiveTurn) -> None:
    from app_server.agent.compaction.run import compact_by_request  # few threads need it

    await compact_by_request(session, turn)


async def _wait_for_tools(session: Session, turn: ActiveTurn) -> None:
    """For a moment; for apps that the user calls, as long as it takes to know them."""
    await session.mcp.wait_known(first_turn_seconds(session.config))
    if session.mcp.unknown and session.apps is not None:
        from app_server.prompt.mentions import names_an_app  # a rare case

        if names_an_app(turn.input.items):
            await session.mcp.wait_known_of(ACCOUNT_SERVER)


async def _called_before(session: Session, context: TurnContext) -> frozenset[str]:
    """The apps that the user called in earlier turns."""
    if session.apps is None:
        return frozenset()
    from app_server.agent.apps import called_before  # few threads have any

    return await called_before(session, context)


async def _begins(session: Session, turn: ActiveTurn) -> bool:
    """Whether hooks let the turn begin."""
    if session.hooks is None:
        return True
    from app_server.agent.hooks.moments import session_begins  # few threads have hooks

    return await session_begins(session, turn)


async def _is_held(session: Session, turn: ActiveTurn) -> bool:
    """Whether hooks keep the turn from ending."""
    if session.hooks is None:
        return False
    from app_server.agent.hooks.moments import goes_on_by_hooks  # as above

    return await goes_on_by_hooks(session, turn)


async def _say(session: Session, turn: ActiveTurn, said: TurnInput) -> bool:
    """Record what the user said; it is on disk before clients see it as an item. False: hooks forbid it."""
    if said.context or session.added_context:
        from app_server.agent.added_context import add_context  # few clients have any

        add_context(session, said.context)
    if said.brought is not None:
        from app_server.agent.brought_in import bring_in  # few clients do

        await bring_in(session, turn, said.brought)
        return True
    told: Sequence[JsonObject] = ()
    if session.hooks is not None:
        from app_server.agent.hooks.moments import prompt_submitted  # as above

        allowed, told = await prompt_submitted(session, turn, said)
        if not allowed:
            session.conversation.add(told)
            return False
    item = UserMessageThreadItem(id=new_item_id(), content=list(said.items), client_id=said.client_id)
    session.conversation.add([await read_user_message(said.items)])
    session.conversation.log(
        records.user_message(
            [entry.to_wire() for entry in said.items], item_id=item.id, client_id=said.client_id
        )
    )
    places = places_of(session.settings, turn.places)
    called = await called_for(session, said.items, next(iter(places), None))
    session.conversation.add(called.items)
    turn.called_apps |= called.apps
    for warning in called.warnings:
        session.warn(warning)
    session.conversation.add(told)
    await session.persist_quietly()
    item_started(session, turn, item)
    item_completed(session, turn, item)
    return True


def _book_failure(session: Session, turn: ActiveTurn, error: ModelError) -> None:
    turn.error = TurnError.model_validate({"message": error.message, "codexErrorInfo": error.info})
    if error.rate_limits is not None:
        session.report_usage(turn.id)
    if error.context_window_exceeded:
        session.usage.fill_window()
        session.report_usage(turn.id)
