"""`thread/rollback`, `thread/revert`: turns are taken back; the log only grows (persistence.md §6.2)."""

from collections.abc import Sequence

from app_server.agent.errors import AgentError
from app_server.agent.thread import AgentThread
from app_server.prompt.contextual import is_contextual
from app_server.prompt.estimate import history_tokens
from app_server.store import records
from app_server.store.errors import StoreError
from app_server.store.threads import LocalThreadStore
from protocol.turn import Turn


async def roll_back(thread: AgentThread, store: LocalThreadStore, count: int) -> Sequence[Turn]:
    """Forget the newest turns, or all if there are not so many; those that are left. Raises AgentError."""
    session = thread.session
    if count < 1:
        raise AgentError("numTurns must be >= 1")
    if thread.active_turn is not None:
        raise AgentError("Cannot rollback while a turn is in progress.")
    if thread.facts.ephemeral:
        raise AgentError("thread rollback requires persisted thread history")
    if not thread.is_stored:
        raise AgentError(
            f"failed to load thread history for rollback replay: no rollout found for thread id {thread.id}"
        )
    await session.persist()
    return await _forget(thread, store, count, None)


async def revert(thread: AgentThread, store: LocalThreadStore, before_turn_id: str) -> Sequence[Turn]:
    """Forget a turn and all after it, and stop what runs; the turns that are left. Raises AgentError."""
    if thread.facts.ephemeral:
        raise AgentError(f"ephemeral thread does not support revert: {thread.id}")
    await thread.stop_turn()
    if not thread.is_stored:
        raise AgentError(f"turn not found: {before_turn_id}")
    await thread.session.persist()
    try:
        _, turns = await store.replay(await store.load(thread.id), is_contextual)
    except StoreError as error:
        raise AgentError(f"failed to load thread history: {error}") from error
    places = [place for place, turn in enumerate(turns) if turn.id == before_turn_id]
    if not places:
        raise AgentError(f"turn not found: {before_turn_id}")
    return await _forget(thread, store, len(turns) - places[0], before_turn_id)


async def _forget(
    thread: AgentThread, store: LocalThreadStore, count: int, before: str | None
) -> Sequence[Turn]:
    session = thread.session
    try:
        replayed, turns = await store.replay(
            await store.load(thread.id), is_contextual, rollback=count, before=before
        )
    except StoreError as error:
        raise AgentError(f"failed to load thread history for rollback replay: {error}") from error
    session.conversation.restore(replayed.items, reference=replayed.context)
    session.last_model = replayed.last_model
    session.usage.estimate(history_tokens(session.conversation.history, session.instructions))
    session.report_usage(turns[-1].id if turns else session.usage.turn_id or "")
    session.conversation.log(records.thread_rolled_back(count, before))
    await session.persist()
    return turns
