"""The hooks of a thread, run at the moments of its turns and shown to its clients (tools.md §10)."""

from collections.abc import Sequence
from functools import partial
from typing import NamedTuple, cast

import anyio
import orjson

from app_server.agent.active_turn import ActiveTurn
from app_server.agent.identifiers import unix_millis
from app_server.agent.session import Session
from app_server.agent.thread_hooks import ThreadHooks
from app_server.hooks.hook import Hook
from app_server.hooks.meaning import Meaning, meaning
from app_server.hooks.run import run_command
from app_server.hooks.selection import selected
from protocol.hook import (
    HookCompletedNotification,
    HookEventName,
    HookOutputEntry,
    HookRunSummary,
    HookSource,
    HookStartedNotification,
)
from protocol.wire import JsonObject


class Run(NamedTuple):
    """One hook that ran."""

    id: str
    meaning: Meaning


async def run_hooks(
    session: Session,
    turn: ActiveTurn,
    hooks: ThreadHooks,
    moment: str,
    facts: JsonObject,
    *,
    subjects: Sequence[str] = (),
    call_id: str | None = None,
) -> list[Run]:
    """Run all that are for the moment, at once, and wait for all; what each means, in their order."""
    chosen = selected(hooks.hooks, moment, subjects)
    if not chosen:
        return []
    await session.persist()  # they are told where the thread is recorded
    given = orjson.dumps(_common(session, turn, moment) | facts)
    runs = [_Running(session, turn, hook, call_id) for hook in chosen]
    for run in runs:
        run.tell_started()
    async with anyio.create_task_group() as tasks:
        for run in runs:
            tasks.start_soon(partial(run.go, given), name=run.id)
    return [run.tell_completed() for run in runs]


def _common(session: Session, turn: ActiveTurn, moment: str) -> JsonObject:
    path, settings = session.conversation.log_file().path, session.settings
    return {
        "session_id": session.session_id,
        **({} if moment == "SessionStart" else {"turn_id": turn.id}),
        "transcript_path": None if path is None else str(path),
        "cwd": settings.cwd,
        "hook_event_name": moment,
        "model": settings.model,
        "permission_mode": "bypassPermissions" if settings.approval_policy == "never" else "default",
    }


class _Running:
    """One run, from its first notification to its last."""

    def __init__(self, session: Session, turn: ActiveTurn, hook: Hook, call_id: str | None) -> None:
        self._session = session
        self._turn = turn
        self._hook = hook
        self._meaning = Meaning()
        self._started = self._ended = 0
        parts = [hook.moment.key.replace("_", "-"), str(hook.order), str(hook.file)]
        self.id = ":".join([*parts, *([] if call_id is None else [call_id])])

    def tell_started(self) -> None:
        self._started = unix_millis()
        self._session.sink.emit(
            HookStartedNotification(
                thread_id=self._session.thread_id, turn_id=self._turn.id, run=self._summary()
            )
        )

    async def go(self, given: bytes) -> None:
        ran = await run_command(self._hook, given, self._session.settings.cwd)
        self._meaning = meaning(self._hook.moment.name, ran)
        self._ended = unix_millis()

    def tell_completed(self) -> Run:
        self._session.sink.emit(
            HookCompletedNotification(
                thread_id=self._session.thread_id, turn_id=self._turn.id, run=self._summary()
            )
        )
        return Run(self.id, self._meaning)

    def _summary(self) -> HookRunSummary:
        hook, over = self._hook, self._ended > 0
        return HookRunSummary(
            id=self.id,
            event_name=cast("HookEventName", hook.moment.wire),
            handler_type="command",
            execution_mode="sync",
            scope="thread" if hook.moment.name == "SessionStart" else "turn",
            source_path=str(hook.file),
            source=cast("HookSource", hook.source),
            display_order=hook.order,
            status=self._meaning.status if over else "running",
            status_message=hook.status_message,
            started_at=self._started // 1000,
            completed_at=self._ended // 1000 if over else None,
            duration_ms=self._ended - self._started if over else None,
            entries=[HookOutputEntry(kind=kind, text=text) for kind, text in self._meaning.entries],
        )
