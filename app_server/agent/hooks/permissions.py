"""Hooks that answer in place of the user when somebody has to allow a call (tools.md §10)."""

from app_server.agent.active_turn import ActiveTurn
from app_server.agent.hooks.runs import run_hooks
from app_server.agent.session import Session
from app_server.agent.thread_hooks import ThreadHooks
from app_server.tools.approvals.subject import Judgement, Subject


async def judged_by_hooks(
    session: Session, turn: ActiveTurn, hooks: ThreadHooks, subject: Subject
) -> Judgement | None:
    """One that forbids it counts more than all that allow it; None when none of them says anything."""
    facts = {"tool_name": subject.names[0], "tool_input": subject.input}
    runs = await run_hooks(
        session,
        turn,
        hooks,
        "PermissionRequest",
        facts,
        subjects=subject.names,
    )
    for run in runs:
        if run.meaning.reason is not None:
            return Judgement(allowed=False, reason=run.meaning.reason)
    return Judgement(allowed=True) if any(run.meaning.allows for run in runs) else None
