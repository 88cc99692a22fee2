"""Getting a thread's websocket ready before its first turn (model-client.md §5.4)."""

import logging

from app_server.agent.session import Session
from app_server.agent.tool_host import toolbox_of
from app_server.agent.turn_context import model_request, turn_context
from app_server.agent.turn_metadata import sandbox_tag
from app_server.model.headers import TurnMetadata

logger = logging.getLogger("app_server.agent")


async def warm_up(session: Session) -> None:
    """Send what the first turn will send, but for its input; whatever comes of it, that turn is the same."""
    try:
        context = await turn_context(session, "")
        request = model_request(session, context, toolbox_of(session, context).specs)
        await session.client.warm_up(request, TurnMetadata("", sandbox_tag(session.settings.sandbox)))
    except Exception:  # the boundary of a warm-up: a defect costs its time, and nothing else
        logger.exception("thread %s: the warm-up ended by an unexpected error", session.thread_id)
