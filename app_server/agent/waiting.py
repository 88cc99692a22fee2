"""Questions to a thread's clients, and the thread's status while it waits for them.

threads-and-turns.md §2.3 says what it tells.
"""

from typing import TYPE_CHECKING, Final

from app_server.agent.status import StatusTracker
from app_server.tools.call import Unanswered, UnreadableAnswer
from protocol.wire import WireModel

if TYPE_CHECKING:
    from app_server.agent.session import Session

_APPROVAL: Final = (StatusTracker.approval_asked, StatusTracker.approval_resolved)
_WAITING: Final = {
    "item/tool/requestUserInput": (StatusTracker.user_input_asked, StatusTracker.user_input_resolved),
    "mcpServer/elicitation/request": _APPROVAL,
    "item/permissions/requestApproval": _APPROVAL,
}
"""Questions while which the thread's status says that it waits."""


async def ask_clients(session: "Session", method: str, params: WireModel) -> WireModel:
    """The thread says that it waits, where that is told. An interrupt leaves it to the turn's end.

    Raises Unanswered or UnreadableAnswer.
    """
    asked, resolved = _WAITING.get(method, (None, None))
    if asked is not None:
        asked(session.status)
    try:
        answer = await session.questions.ask(method, params, thread_id=session.thread_id)
    except (Unanswered, UnreadableAnswer):
        if resolved is not None:
            resolved(session.status)
        raise
    if resolved is not None:
        resolved(session.status)
    return answer
