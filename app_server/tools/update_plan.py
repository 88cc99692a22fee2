"""`update_plan`, carried out (tools.md §5)."""

from typing import Final, Literal

from app_server.tools.arguments import arguments_of, json_arguments, refuse_unknown
from app_server.tools.call import Output, ToolCall, ToolRefusal
from app_server.tools.host import ToolHost
from protocol.turn import TurnPlanStep, TurnPlanStepStatus, TurnPlanUpdatedNotification
from protocol.wire import JsonValue, VerbatimModel


class PlanItemArg(VerbatimModel):
    """A step, as the model gives it."""

    step: str
    status: Literal["pending", "in_progress", "completed"]


class UpdatePlanArgs(VerbatimModel):
    """The whole plan, as the model gives it."""

    explanation: str | None = None
    plan: list[PlanItemArg]


_SHOWN: Final[dict[str, TurnPlanStepStatus]] = {
    "pending": "pending",
    "in_progress": "inProgress",
    "completed": "completed",
}


async def run(call: ToolCall, host: ToolHost) -> Output:
    """Show the plan. Unlike other tools, this one takes no argument that it does not know."""
    if host.mode == "plan":
        raise ToolRefusal("update_plan is a TODO/checklist tool and is not allowed in Plan mode")
    given = json_arguments(call)
    refuse_unknown(given, UpdatePlanArgs.model_fields)
    for step in _steps(given):
        refuse_unknown(step, PlanItemArg.model_fields)
    plan = arguments_of(call, UpdatePlanArgs)
    host.emit(
        TurnPlanUpdatedNotification(
            thread_id=host.thread_id,
            turn_id=host.turn_id,
            explanation=plan.explanation,
            plan=[TurnPlanStep(step=item.step, status=_SHOWN[item.status]) for item in plan.plan],
        )
    )
    return "Plan updated"


def _steps(given: JsonValue) -> list[JsonValue]:
    steps = given.get("plan") if isinstance(given, dict) else None
    return steps if isinstance(steps, list) else []
