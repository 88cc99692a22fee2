"""The second form of the tools for agents, who have names in a tree and mailboxes (`multi_agent_v2`)."""

from typing import Final

from app_server.tools.context import ToolContext
from app_server.tools.forms import function, number, parameters, text
from app_server.tools.specs.agents import models, overrides, roles
from protocol.wire import JsonObject

_TARGET: Final = "The agent, by its name, relative or from the root."


def spawn_agent(context: ToolContext) -> JsonObject:
    return function(
        "spawn_agent",
        "Start another agent on a task of its own. Only when the user has asked for agents, for delegation "
        "or "
        f"for work in parallel. It reports back by itself when it is done.\n{models(context)}",
        parameters(
            ["task_name", "message"],
            task_name=text("The agent's name: lower-case letters, digits and underscores."),
            message=text("What it is to do."),
            agent_type=roles(context),
            fork_turns=text(
                "How much of this thread it knows: `none`, `all`, or a number of turns. Default `all`."
            ),
            **overrides(),
        ),
    )


def send_message(_context: ToolContext) -> JsonObject:
    return function(
        "send_message",
        "Leave a message for an agent. It reads it with what it does next; an idle one stays idle.",
        parameters(["target", "message"], target=text(_TARGET), message=text("The message.")),
    )


def followup_task(_context: ToolContext) -> JsonObject:
    return function(
        "followup_task",
        "Give an agent another task; an idle one starts on it at once.",
        parameters(["target", "message"], target=text(_TARGET), message=text("What it is to do.")),
    )


def wait_agent(_context: ToolContext) -> JsonObject:
    return function(
        "wait_agent",
        "Wait until an agent has something to tell, or the time is over.",
        parameters(
            timeout_ms=number("Milliseconds to wait: 30000 unless you say otherwise, 10000 to 3600000.")
        ),
    )


def close_agent(_context: ToolContext) -> JsonObject:
    return function(
        "close_agent",
        "Close an agent that is no longer needed, with all that it started. Answers with the state it was "
        "in.",
        parameters(["target"], target=text(_TARGET)),
    )


def list_agents(_context: ToolContext) -> JsonObject:
    return function(
        "list_agents",
        "List the agents that are there, and what each is doing.",
        parameters(path_prefix=text("Only agents whose name begins so.")),
    )
