"""How far an agent is, by what its thread is doing."""

from app_server.agent.active_turn import ActiveTurn
from app_server.agent.thread import AgentThread
from app_server.tools.agent_status import (
    INTERRUPTED,
    NOT_FOUND,
    PENDING,
    RUNNING,
    SHUT_DOWN,
    AgentStatus,
)


def status_of(thread: AgentThread | None) -> AgentStatus:
    """An agent that has been told something is running from then on; a new one once its turn has begun."""
    if thread is None:
        return NOT_FOUND
    if thread.is_closing:
        return SHUT_DOWN
    turn, last = thread.active_turn, thread.last_turn
    if turn is not None and (turn.started_at is not None or last is not None):
        return RUNNING
    return PENDING if last is None else _after(last)


def _after(last: ActiveTurn) -> AgentStatus:
    match last.outcome:
        case "completed":
            return AgentStatus("completed", last.last_agent_message)
        case "failed":
            return AgentStatus("errored", last.error.message if last.error else "")
        case _:
            return INTERRUPTED
