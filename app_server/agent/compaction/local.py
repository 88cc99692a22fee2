"""Compaction by prompt: the model writes a summary of what it has seen (model-client.md §7.3)."""

from collections.abc import Sequence

from app_server.agent.active_turn import ActiveTurn
from app_server.agent.compaction.asking import answered
from app_server.agent.retry import with_retries
from app_server.agent.session import Session
from app_server.agent.turn_metadata import turn_metadata
from app_server.model.errors import ModelError
from app_server.model.request import ResponsesRequest
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

    async def attempt() -> list[JsonObject]:
        request = _request(session, context, [*history, asking])
        return await answered(session, turn, model_turn, request, counts=True)

    while True:
        try:
            items = await with_retries(session, turn, attempt)
            break
        except ModelError as error:
            if not error.context_window_exceeded or not history:
                raise
            history = without_oldest(history)
    whole = session.conversation.history
    summary = summary_text(last_answer([*whole, *items]))
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
