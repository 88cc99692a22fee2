"""What a model is told of the goal: to go on, that the budget is used up, that the user wants another."""

from app_server.agent.goals.goal import Goal
from app_server.prompt.messages import text_message
from app_server.prompt.texts import template
from protocol.wire import JsonObject


def go_on(goal: Goal) -> JsonObject:
    """What begins a turn that nobody asked for."""
    return _told("goal_go_on", goal)


def budget_used_up(goal: Goal) -> JsonObject:
    return _told("goal_budget_used_up", goal)


def changed(goal: Goal) -> JsonObject:
    """The user wants something else now."""
    return _told("goal_changed", goal)


def _told(name: str, goal: Goal) -> JsonObject:
    values = {
        "objective": _escaped(goal.objective),
        "tokens_used": str(goal.tokens_used),
        "token_budget": "none" if goal.token_budget is None else str(goal.token_budget),
        "tokens_remaining": "unbounded" if goal.remaining is None else str(goal.remaining),
        "seconds_used": str(goal.seconds_used),
    }
    text = template(name)
    for key, value in values.items():
        text = text.replace(f"{{{key}}}", value)
    return text_message("user", [f"<goal_context>\n{text}\n</goal_context>"])


def _escaped(text: str) -> str:
    """An objective cannot end the element that it stands in."""
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
