"""`update_plan`: the model's list of steps, shown to the user as it changes (tools.md §5)."""

from typing import Final, Literal

from app_server.tools.arguments import arguments_of, json_arguments, refuse_unknown
from app_server.tools.context import ToolContext
from app_server.tools.forms import array, function, parameters, text
from app_server.tools.host import Output, ToolCall, ToolHost, ToolRefusal
from protocol.turn import TurnPlanStep, TurnPlanStepStatus, TurnPlanUpdatedNotification
from protocol.wire import JsonObject, JsonValue, VerbatimModel


def update_plan(_context: ToolContext) -> JsonObject:
    return function(
        "update_plan",
        "Show the user your plan for the task: its steps and how far each of them is. Send the whole list "
        "each time, with at most one step in progress.",
        parameters(
            ["plan"],
            explanation=text("Why the plan changed, when that is worth saying."),
            plan=array(
                parameters(
                    ["step", "status"],
                    step=text("What is to be done, in a few words."),
                    status=text("`pending`, `in_progress` or `completed`."),
                ),
                "All steps, in order.",
            ),
        ),
    )


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
