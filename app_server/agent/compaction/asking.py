"""Asking a model for what is to take a history's place; clients see nothing of its answer."""

from app_server.agent.active_turn import ActiveTurn
from app_server.agent.session import Session
from app_server.model.answer import events
from app_server.model.client import ModelTurn
from app_server.model.request import ResponsesRequest
from protocol.wire import JsonObject


async def answered(
    session: Session, turn: ActiveTurn, model_turn: ModelTurn, request: ResponsesRequest, *, counts: bool
) -> list[JsonObject]:
    """The finished items of one answer. Raises ModelError.

    `counts`: whether what it used is the thread's usage.
    """
    items: list[JsonObject] = []
    async with model_turn.stream(request) as stream:
        async for batch in stream:
            reports = False
            for event in batch:
                match event:
                    case events.ItemDone(item):
                        items.append(item)
                    case events.Completed(usage=usage):
                        reports = counts
                        if counts and usage is not None:
                            session.usage.add(usage, turn.id)
                    case events.RateLimitsUpdate():
                        reports = counts
                    case events.ReasoningIncluded():
                        session.reasoning_counted = True
                    case _:
                        pass
            if reports:
                session.report_usage(turn.id)
    return items
