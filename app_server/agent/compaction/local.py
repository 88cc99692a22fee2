"""Compaction by prompt: the model writes a summary of what it has seen (model-client.md §7.3)."""

from collections.abc import Sequence

import anyio

from app_server.agent.active_turn import ActiveTurn
from app_server.agent.retry import tell_retry
from app_server.agent.session import Session
from app_server.agent.turn_metadata import turn_metadata
from app_server.model import events
from app_server.model.client import ModelTurn
from app_server.model.errors import ModelError
from app_server.model.request import ResponsesRequest
from app_server.model.retry import backoff
from app_server.prompt.compacted import (
    compaction_request,
    last_answer,
    summarised,
    summary_text,
    without_oldest,
)
from app_server.prompt.context import TurnContext
from app_server.prompt.prompt import build_prompt
from protocol.wire import JsonObject


async def summarise(session: Session, turn: ActiveTurn, context: TurnContext) -> tuple[list[JsonObject], str]:
    """The history that takes the place of the thread's, and its summary. Raises ModelError.

    A history that does not fit into the window loses its oldest items until it does.
    """
    history: Sequence[JsonObject] = session.conversation.history
    asking = compaction_request(session.config.compact_prompt)
    model_turn = session.client.turn(turn_metadata(session, turn))
    allowed = session.client.provider.stream_max_retries
    retries = 0
    while True:
        request = _request(session, context, [*history, asking])
        try:
            answered = await _ask(session, turn, model_turn, request)
            break
        except ModelError as error:
            if error.context_window_exceeded and history:
                history = without_oldest(history)
                retries = 0
                continue
            if not error.retryable:
                raise
            if retries >= allowed:
                if not await session.client.fall_back():
                    raise
                session.warn(f"Falling back from WebSockets to HTTPS transport. {error.message}")
                retries = 0
                continue
            retries += 1
            if retries > 1 or not session.client.uses_websocket:
                tell_retry(session, turn, error, f"Reconnecting... {retries}/{allowed}")
            pause = error.delay if error.delay is not None else backoff(retries)
        await anyio.sleep(pause)
    whole = session.conversation.history
    summary = summary_text(last_answer([*whole, *answered]))
    return summarised(whole, summary), summary


def _request(session: Session, context: TurnContext, items: Sequence[JsonObject]) -> ResponsesRequest:
    return ResponsesRequest(
        model=context.model,
        input=build_prompt(items, context, keep_ids=session.client.provider.is_azure).input,
        instructions=context.base_instructions,
        parallel_tool_calls=False,
        effort=context.effort,
        summary=session.settings.summary,
        verbosity=session.config.model_verbosity,
        service_tier=session.settings.service_tier,
    )


async def _ask(
    session: Session, turn: ActiveTurn, model_turn: ModelTurn, request: ResponsesRequest
) -> list[JsonObject]:
    """What the model answered. Clients see none of it but its usage."""
    items: list[JsonObject] = []
    async with model_turn.stream(request) as stream:
        async for batch in stream:
            reports = False
            for event in batch:
                match event:
                    case events.ItemDone(item):
                        items.append(item)
                    case events.Completed(usage=usage):
                        reports = True
                        if usage is not None:
                            session.usage.add(usage, turn.id)
                    case events.RateLimitsUpdate():
                        reports = True
                    case events.ReasoningIncluded():
                        session.reasoning_counted = True
                    case _:
                        pass
            if reports:
                session.report_usage(turn.id)
    return items
