"""`get_goal`, `create_goal`, `update_goal`: what a thread works towards (tools.md §1.3)."""

from app_server.tools.context import ToolContext
from app_server.tools.forms import function, integer, parameters, text
from protocol.wire import JsonObject, JsonValue


def get_goal(_context: ToolContext) -> JsonObject:
    nothing: JsonObject = {
        "type": "object",
        "properties": {},
        "required": list[JsonValue](),
        "additionalProperties": False,
    }
    return function(
        "get_goal",
        "Read the goal of this thread: its objective, state and budget, and what was spent of tokens and "
        "time.",
        nothing,
    )


def create_goal(_context: ToolContext) -> JsonObject:
    return function(
        "create_goal",
        "Give the thread a goal, only when the user or the instructions you were given ask for one in so "
        "many words; an ordinary task is no goal. Fails when there is one already.",
        parameters(
            ["objective"],
            objective=text("What is to be reached, concretely."),
            token_budget=integer("How many tokens it may take. Only when somebody named a budget."),
        ),
    )


def update_goal(_context: ToolContext) -> JsonObject:
    status: JsonObject = {
        **text("`complete`, once the objective is reached and nothing of it is left to do."),
        "enum": ["complete"],
    }
    return function(
        "update_goal",
        "Say that the goal is reached. Not because the budget runs out, and not because you want to stop: "
        "pausing and resuming are up to the user and the system.",
        parameters(["status"], status=status),
    )
