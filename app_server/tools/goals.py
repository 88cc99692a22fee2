"""The tools for the goal of a thread, carried out (threads-and-turns.md §3.12)."""

import json
from typing import Final

from app_server.tools.arguments import arguments_of, json_arguments
from app_server.tools.call import Output, ToolCall, ToolRefusal
from app_server.tools.host import ToolHost
from protocol.goal import ThreadGoal, ThreadGoalStatus
from protocol.wire import JsonObject, VerbatimModel

_ONLY_COMPLETE: Final = (
    "update_goal can only mark the existing goal complete; pause, resume, and budget-limited status changes "
    "are controlled by the user or system"
)


class CreateGoalArgs(VerbatimModel):
    """A new goal."""

    objective: str
    token_budget: int | None = None


class UpdateGoalArgs(VerbatimModel):
    """What is to become of the goal."""

    status: ThreadGoalStatus


async def get_goal(call: ToolCall, host: ToolHost) -> Output:
    """The goal, or none."""
    json_arguments(call)
    return _told(host.goals.current)


async def create_goal(call: ToolCall, host: ToolHost) -> Output:
    """Set a goal; a second one is refused."""
    given = arguments_of(call, CreateGoalArgs)
    return _told(await host.goals.create(given.objective, given.token_budget))


async def update_goal(call: ToolCall, host: ToolHost) -> Output:
    """Say that the goal is reached, which is all that a model may say of it."""
    if arguments_of(call, UpdateGoalArgs).status != "complete":
        raise ToolRefusal(_ONLY_COMPLETE)
    goal = await host.goals.complete()
    return _told(goal, _report(goal))


def _told(goal: ThreadGoal | None, report: str | None = None) -> str:
    remaining: int | None = None
    shown: JsonObject | None = None
    if goal is not None:
        shown = {key: value for key, value in goal.to_wire().items() if value is not None}
        if goal.token_budget is not None:
            remaining = max(0, goal.token_budget - goal.tokens_used)
    answer: JsonObject = {
        "goal": shown,
        "remainingTokens": remaining,
        "completionBudgetReport": report,
    }
    return json.dumps(answer, indent=2, ensure_ascii=False)


def _report(goal: ThreadGoal) -> str | None:
    """What it took, for the model to pass on."""
    parts: list[str] = []
    if goal.token_budget is not None:
        parts.append(f"tokens used: {goal.tokens_used} of {goal.token_budget}")
    if goal.time_used_seconds > 0:
        parts.append(f"time used: {goal.time_used_seconds} seconds")
    if not parts:
        return None
    return f"Goal achieved. Report final budget usage to the user: {'; '.join(parts)}."
