"""`update_plan`: the model's list of steps, shown to the user as it changes (tools.md §1.3)."""

from app_server.tools.context import ToolContext
from app_server.tools.forms import array, function, parameters, text
from protocol.wire import JsonObject


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
