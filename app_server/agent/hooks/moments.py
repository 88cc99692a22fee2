"""What hooks do to a turn: at its beginning, to what the user says, and before it ends (tools.md §10)."""

from collections.abc import Sequence
from html import escape

from app_server.agent.active_turn import ActiveTurn, TurnInput
from app_server.agent.hooks.runs import Run, run_hooks
from app_server.agent.identifiers import new_item_id
from app_server.agent.session import Session
from app_server.agent.shown_items import item_completed
from app_server.prompt.messages import text_message
from app_server.store import records
from app_server.store.recorded_form import recorded_form
from protocol.item import HookPromptThreadItem
from protocol.item_parts import HookPromptFragment
from protocol.wire import JsonObject


async def session_begins(session: Session, turn: ActiveTurn) -> bool:
    """Tell the hooks, with the thread's first turn; whether the turn may go on."""
    hooks = session.hooks
    if hooks is None or hooks.beginning is None or hooks.only_tools:
        return True
    source, hooks.beginning = hooks.beginning, None
    runs = await run_hooks(session, turn, hooks, "SessionStart", {"source": source}, subjects=[source])
    session.conversation.add(contexts(runs))
    return all(run.meaning.stop is None for run in runs)


async def prompt_submitted(
    session: Session, turn: ActiveTurn, said: TurnInput
) -> tuple[bool, Sequence[JsonObject]]:
    """Whether the input may be said, and what the model is told after it, or instead."""
    hooks = session.hooks
    if hooks is None or hooks.only_tools:
        return True, ()
    prompt = "\n".join(text for entry in said.items if isinstance(text := entry.to_wire().get("text"), str))
    runs = await run_hooks(session, turn, hooks, "UserPromptSubmit", {"prompt": prompt})
    allowed = all(run.meaning.stop is None and run.meaning.reason is None for run in runs)
    return allowed, contexts(runs)


async def goes_on_by_hooks(session: Session, turn: ActiveTurn) -> bool:
    """Ask the hooks before the turn ends; whether the model is to go on, having been told why."""
    hooks = session.hooks
    if hooks is None or hooks.only_tools:
        return False
    facts: JsonObject = {
        "stop_hook_active": turn.held_by_hooks,
        "last_assistant_message": turn.last_agent_message,
    }
    runs = await run_hooks(session, turn, hooks, "Stop", facts)
    holding = [run for run in runs if run.meaning.reason is not None]
    if not holding or any(run.meaning.stop is not None for run in runs):
        return False
    turn.held_by_hooks = True
    await _prompt(session, turn, holding)
    return True


async def _prompt(session: Session, turn: ActiveTurn, holding: Sequence[Run]) -> None:
    fragments = [HookPromptFragment(text=run.meaning.reason or "", hook_run_id=run.id) for run in holding]
    item = HookPromptThreadItem(id=new_item_id(), fragments=fragments)
    session.conversation.add([text_message("user", [_fragment(run) for run in holding])])
    ended = item_completed(session, turn, item)
    session.conversation.log(
        records.item_completed(
            session.thread_id, turn.id, recorded_form(item.to_wire()), completed_at_ms=ended
        )
    )
    await session.persist()


def _fragment(run: Run) -> str:
    text = escape(run.meaning.reason or "", quote=False)
    return f'<hook_prompt hook_run_id="{escape(run.id)}">{text}</hook_prompt>'


def contexts(runs: Sequence[Run]) -> list[JsonObject]:
    """What hooks tell the model, as messages."""
    told = [run.meaning.context for run in runs if run.meaning.context is not None]
    return [text_message("developer", [text]) for text in told]
