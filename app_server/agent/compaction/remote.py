"""Compaction by the provider (model-client.md §7.2).

It has an endpoint for that. With the feature `remote_compaction_v2` it is asked as for any answer, with a
trigger at the input's end, and what it answers holds the one item that stands for all before it.
"""

from typing import Final

from app_server.agent.active_turn import ActiveTurn
from app_server.agent.compaction.asking import answered
from app_server.agent.session import Session
from app_server.agent.tool_host import toolbox_of
from app_server.agent.turn_context import prompt_request
from app_server.agent.turn_metadata import turn_metadata
from app_server.model.errors import ModelError
from app_server.model.request import ResponsesRequest
from app_server.prompt.compacted import MARKS, fitted, kept_of_answer
from app_server.prompt.context import TurnContext
from app_server.prompt.prompt import build_prompt
from protocol.wire import JsonObject

_FAILED: Final = "Error running remote compact task: "
_TRIGGER: Final[JsonObject] = {"type": "compaction_trigger"}


async def compacted_by_provider(session: Session, turn: ActiveTurn, context: TurnContext) -> list[JsonObject]:
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
    request = prompt_request(session, context, prompt)
    try:
        if session.config.feature("remote_compaction_v2"):
            return await _in_an_answer(session, turn, request)
        return kept_of_answer(await session.client.compact(request))
    except ModelError as error:
        error.message = _FAILED + error.message
        raise


async def _in_an_answer(session: Session, turn: ActiveTurn, request: ResponsesRequest) -> list[JsonObject]:
    """What the user said, and the provider's item. There is one attempt, as at the endpoint."""
    model_turn = session.client.turn(turn_metadata(session, turn))
    triggered = request._replace(input=(*request.input, _TRIGGER))
    items = await answered(session, turn, model_turn, triggered, counts=False)
    marks = [item for item in items if item.get("type") in MARKS]
    if len(marks) != 1:
        raise ModelError(
            "Fatal error: remote compaction v2 expected exactly one compaction output item, "
            f"got {len(marks)} from {len(items)} output items"
        )
    said = [item for item in request.input if item.get("role") == "user"]
    return [*kept_of_answer(said), *marks]
