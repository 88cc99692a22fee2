"""`thread/goal/*` (threads-and-turns.md §3.12)."""

from functools import partial

import anyio.to_thread

from app_server.agent.goals.goal import Goal, GoalChange, GoalRefusedError, goal_of
from app_server.agent.goals.goals import Goals
from app_server.agent.identifiers import unix_seconds
from app_server.agent.threads import Threads
from app_server.config.config import UNSET
from app_server.config.loader import ConfigLoader
from app_server.handlers.base import Audience, Call, Reply
from app_server.handlers.errors import refusals
from app_server.handlers.threads.ids import thread_id_of
from app_server.store.goals import GoalFiles
from protocol.goal import (
    ThreadGoalClearedNotification,
    ThreadGoalClearParams,
    ThreadGoalClearResponse,
    ThreadGoalGetParams,
    ThreadGoalGetResponse,
    ThreadGoalSetParams,
    ThreadGoalSetResponse,
    ThreadGoalUpdatedNotification,
)
from protocol.jsonrpc import invalid_request


class GoalHandlers:
    """Goals of threads that are loaded, and of those that are only stored."""

    def __init__(self, threads: Threads, configs: ConfigLoader, audience: Audience) -> None:
        self._threads = threads
        self._configs = configs
        self._audience = audience
        self._files = GoalFiles(configs.codex_home)

    async def set(self, _call: Call, params: ThreadGoalSetParams) -> Reply[ThreadGoalSetResponse]:
        """The goal as it is then; everybody hears of it, and a thread that does nothing begins to."""
        thread_id, keeper = await self._find(params.thread_id)
        change = GoalChange(
            params.objective,
            params.status,
            params.token_budget if "token_budget" in params.model_fields_set else UNSET,
        )
        if keeper is not None:
            with refusals():
                goal = await keeper.set(change)

            def tell() -> None:
                keeper.announce()
                keeper.go_on()

            return Reply(ThreadGoalSetResponse(goal=goal), tell)
        with refusals():
            changed = change.checked().applied(await self._stored(thread_id), unix_seconds())
            if changed is None:
                raise GoalRefusedError(f"cannot update goal for thread {thread_id}: no goal exists")
            await self._keep(thread_id, changed)
        goal = changed.to_wire(thread_id)
        return Reply(
            ThreadGoalSetResponse(goal=goal),
            lambda: self._audience.emit(ThreadGoalUpdatedNotification(thread_id=thread_id, goal=goal)),
        )

    async def get(self, _call: Call, params: ThreadGoalGetParams) -> ThreadGoalGetResponse:
        thread_id, keeper = await self._find(params.thread_id)
        if keeper is not None:
            return ThreadGoalGetResponse(goal=keeper.current)
        goal = await self._stored(thread_id)
        return ThreadGoalGetResponse(goal=None if goal is None else goal.to_wire(thread_id))

    async def clear(
        self, _call: Call, params: ThreadGoalClearParams
    ) -> ThreadGoalClearResponse | Reply[ThreadGoalClearResponse]:
        thread_id, keeper = await self._find(params.thread_id)
        with refusals():
            if keeper is not None:
                cleared = await keeper.clear()
            else:
                cleared = await self._stored(thread_id) is not None
                await self._keep(thread_id, None)
        if not cleared:
            return ThreadGoalClearResponse(cleared=False)
        return Reply(
            ThreadGoalClearResponse(cleared=True),
            lambda: self._audience.emit(ThreadGoalClearedNotification(thread_id=thread_id)),
        )

    async def _find(self, named: str) -> tuple[str, Goals | None]:
        """The thread, and what holds its goal if it is loaded. Raises RpcError."""
        if not self._configs.load().feature("goals"):
            raise invalid_request("goals feature is disabled")
        thread_id = thread_id_of(named)
        thread = self._threads.loaded.get(thread_id)
        if thread is not None and thread.facts.ephemeral:
            raise invalid_request(f"ephemeral thread does not support goals: {thread_id}")
        if thread is not None and not thread.is_closing:
            return thread_id, await self._threads.goals_of(thread)
        if await self._threads.store.find(thread_id) is None:
            raise invalid_request(f"thread not found: {thread_id}", kind="thread_not_found")
        return thread_id, None

    async def _stored(self, thread_id: str) -> Goal | None:
        return goal_of(await anyio.to_thread.run_sync(self._files.read, thread_id))

    async def _keep(self, thread_id: str, goal: Goal | None) -> None:
        record = None if goal is None else goal.to_record()
        await anyio.to_thread.run_sync(partial(self._files.write, thread_id, record))
