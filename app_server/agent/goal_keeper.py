"""The goal of one loaded thread: who changes it, what it has taken, and the turns that it begins.

Turns that the goal begins end with it: it is reached, paused, cleared, or out of budget. A turn that fails
pauses it too (the reference tries again and again), and one that is interrupted does.
"""

from collections.abc import Callable
from typing import Final

import anyio
import anyio.to_thread

from app_server.agent.active_turn import ActiveTurn
from app_server.agent.goals import telling
from app_server.agent.goals.goal import SPENDING, Goal, GoalChange, GoalRefusedError, goal_of
from app_server.agent.identifiers import new_item_id, unix_seconds
from app_server.agent.session import Session
from app_server.agent.taking_up import preview_of
from app_server.agent.thread import AgentThread
from app_server.store import records
from app_server.store.goals import GoalFiles
from app_server.tools.call import ToolRefusal
from protocol.goal import ThreadGoal, ThreadGoalClearedNotification, ThreadGoalUpdatedNotification
from protocol.wire import JsonObject, WireModel

_ONE_GOAL: Final = (
    "cannot create a new goal because this thread already has a goal; use update_goal only when the existing "
    "goal is complete"
)


class GoalKeeper:
    """Owns the goal. Implements `goals.goals.Goals`."""

    def __init__(self, session: Session, files: GoalFiles, goal: Goal | None) -> None:
        self._session = session
        self._files = files
        self._goal = goal
        self._thread: AgentThread | None = None
        self._changing = anyio.Lock()
        self._tokens_booked = session.usage.billed
        self._booked_at: float | None = None
        """The clock's time up to which the running turn's time has been counted."""

    def attach(self, thread: AgentThread) -> None:
        """The thread whose goal it is."""
        self._thread = thread
        thread.watchers.append(self._turn_over)

    @property
    def current(self) -> ThreadGoal | None:
        return None if self._goal is None else self._goal.to_wire(self._session.thread_id)

    # --- what clients want --------------------------------------------------------------------------

    async def set(self, change: GoalChange) -> ThreadGoal:
        """Change the goal, or make one. Raises GoalRefusedError and StoreError. Nobody is told yet."""
        change = change.checked()
        async with self._changing:
            await self._book()
            before = self._goal
            goal = change.applied(before, unix_seconds())
            if goal is None:
                raise GoalRefusedError(
                    f"cannot update goal for thread {self._session.thread_id}: no goal exists"
                )
            await self._keep(goal)
            if before is None or before.status not in SPENDING:
                self._start_counting()
            self._show_in_lists(goal)
            await self._session.persist()
        if before is not None and goal.status == "active" and goal.objective != before.objective:
            self._tell_turn(telling.changed(goal))
        return goal.to_wire(self._session.thread_id)

    async def clear(self) -> bool:
        """Whether there was one. Raises StoreError. Nobody is told yet."""
        async with self._changing:
            await self._book()
            if self._goal is None:
                return False
            await self._keep(None)
            return True

    def announce(self, turn_id: str | None = None, *, to: Callable[[WireModel], None] | None = None) -> None:
        """Tell everybody, or whoever is named, what the goal is, or that there is none."""
        thread_id, goal = self._session.thread_id, self.current
        tell = to or self._session.sink.emit
        if goal is None:
            tell(ThreadGoalClearedNotification(thread_id=thread_id))
        else:
            tell(ThreadGoalUpdatedNotification(thread_id=thread_id, turn_id=turn_id, goal=goal))

    def go_on(self) -> None:
        """Begin a turn for an active goal where none runs."""
        thread, goal = self._thread, self._goal
        if thread is None or goal is None or goal.status != "active" or self._plans():
            return
        if thread.active_turn is None and not thread.is_closing:
            thread.start_telling([telling.go_on(goal)], new_item_id())

    # --- what models want ---------------------------------------------------------------------------

    async def create(self, objective: str, token_budget: int | None) -> ThreadGoal:
        async with self._changing:
            try:
                change = GoalChange(objective, None, token_budget).checked()
            except GoalRefusedError as error:
                raise ToolRefusal(str(error)) from error
            if self._goal is not None:
                raise ToolRefusal(_ONE_GOAL)
            goal = change.applied(None, unix_seconds())
            await self._keep(goal)
            self._start_counting()
        self.announce(self._session.turn_id)
        return self._required()

    async def complete(self) -> ThreadGoal:
        async with self._changing:
            await self._book()
            if self._goal is None:
                raise ToolRefusal(f"cannot update goal for thread {self._session.thread_id}: no goal exists")
            await self._keep(GoalChange(status="complete").applied(self._goal, unix_seconds()))
        self.announce(self._session.turn_id)
        return self._required()

    # --- what turns take ----------------------------------------------------------------------------

    def turn_begins(self) -> None:
        self._start_counting()

    async def answered(self, turn: ActiveTurn) -> None:
        """The calls of an answer have ended; the model hears of it if that used the budget up."""
        async with self._changing:
            before = self._goal
            await self._book()
        after = self._goal
        if before is not None and after is not None and before.status != after.status:
            turn.told.append(telling.budget_used_up(after))

    async def turn_ends(self) -> None:
        async with self._changing:
            await self._book()
            self._booked_at = None

    def _turn_over(self, thread: AgentThread) -> None:
        turn, goal = thread.last_turn, self._goal
        if not thread.is_closing and turn is not None and goal is not None and goal.status == "active":
            thread.run_aside(self._follow, turn)  # so that what the user has waiting begins first

    async def _follow(self, turn: ActiveTurn) -> None:
        """A turn has ended while the goal was active."""
        if turn.outcome == "completed":
            self.go_on()
        elif turn.outcome is not None and not turn.replaced:
            limited = turn.error is not None and turn.error.codex_error_info == "usageLimitExceeded"
            await self._stop(GoalChange(status="usageLimited" if limited else "paused"))

    async def _stop(self, change: GoalChange) -> None:
        async with self._changing:
            if self._goal is None or self._goal.status != "active":
                return
            await self._keep(change.applied(self._goal, unix_seconds()))
        self.announce()

    def _start_counting(self) -> None:
        self._tokens_booked = self._session.usage.billed
        self._booked_at = None if self._session.turn_id is None else anyio.current_time()

    async def _book(self) -> None:
        """Count what was used since the last time, and tell everybody. Called with the lock held."""
        goal = self._goal
        if goal is None or goal.status not in SPENDING or self._plans():
            return
        tokens = self._session.usage.billed - self._tokens_booked
        seconds = 0 if self._booked_at is None else int(anyio.current_time() - self._booked_at)
        if tokens <= 0 and seconds <= 0:
            return
        self._tokens_booked += tokens
        if self._booked_at is not None:
            self._booked_at += seconds
        await self._keep(goal.spend(tokens, seconds, unix_seconds()))
        self.announce(self._session.turn_id)

    def _plans(self) -> bool:
        """While a thread only plans, it does not work towards anything."""
        mode = self._session.settings.collaboration
        return mode is not None and mode.mode == "plan"

    def _show_in_lists(self, goal: Goal) -> None:
        """A thread in which no user has said anything is known by what it works towards."""
        said = self._session.preview or preview_of(self._session.conversation.history)
        if not said:
            self._session.preview = goal.objective
            told = goal.to_wire(self._session.thread_id).to_wire()
            self._session.conversation.log(
                records.event(
                    records.GOAL_UPDATED,
                    {"thread_id": self._session.thread_id, "turn_id": None, "goal": told},
                )
            )

    def _tell_turn(self, item: JsonObject) -> None:
        if self._thread is not None and self._thread.active_turn is not None:
            self._thread.tell([item])

    def _required(self) -> ThreadGoal:
        goal = self.current
        assert goal is not None  # noqa: S101 - it was just set
        return goal

    async def _keep(self, goal: Goal | None) -> None:
        record = None if goal is None else goal.to_record()
        await anyio.to_thread.run_sync(self._files.write, self._session.thread_id, record)
        self._goal = goal


async def goal_keeper(session: Session, files: GoalFiles) -> GoalKeeper:
    """With the goal that the thread had, if it had one."""
    record = await anyio.to_thread.run_sync(files.read, session.thread_id)
    return GoalKeeper(session, files, goal_of(record))
