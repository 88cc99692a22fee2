"""Adding to a thread's history without a turn (threads-and-turns.md §3.11)."""

from collections.abc import Sequence

from app_server.agent.session import Session
from app_server.agent.turn_context import describe_context, turn_context
from protocol.wire import JsonObject

_TURN_ID = "auto-compact-0"
"""What the context that is told outside of a turn is logged under, as the reference does."""


async def inject(session: Session, items: Sequence[JsonObject]) -> None:
    """Append items of the Responses API; a thread whose model knows no settings yet is told them first.

    Raises RolloutWriteError: the items are in the history then, but not on disk.
    """
    if session.conversation.reference is None:
        describe_context(session, await turn_context(session, _TURN_ID))
    session.conversation.add(items)
    await session.conversation.log_file().commit()
