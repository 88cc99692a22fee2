"""Compaction by the provider's endpoint (model-client.md §7.2)."""

from typing import Final

from app_server.agent.session import Session
from app_server.agent.tool_host import toolbox_of
from app_server.model.errors import ModelError
from app_server.model.request import ResponsesRequest
from app_server.prompt.compacted import fitted, kept_of_answer
from app_server.prompt.context import TurnContext
from app_server.prompt.prompt import build_prompt
from protocol.wire import JsonObject

_FAILED: Final = "Error running remote compact task: "


async def compacted_by_provider(session: Session, context: TurnContext) -> list[JsonObject]:
    """The history that takes the place of the thread's. Raises ModelError.

    Nobody is asked about a history that is empty.
    """
    history = session.conversation.history
    if not history:
        return []
    window = context.model.usable_context_window
    prompt = build_prompt(
        fitted(history, context.base_instructions, window), context, toolbox_of(session, context).specs
    )
    request = ResponsesRequest(
        model=context.model,
        input=prompt.input,
        instructions=prompt.instructions,
        tools=prompt.tools,
        parallel_tool_calls=prompt.parallel_tool_calls,
        effort=context.effort,
        summary=session.settings.summary,
        verbosity=session.config.model_verbosity,
        service_tier=session.settings.service_tier,
    )
    try:
        return kept_of_answer(await session.client.compact(request))
    except ModelError as error:
        error.message = _FAILED + error.message
        raise
