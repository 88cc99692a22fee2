"""The tools with which an agent works through others (tools.md §12); `agents_v2` has their successors."""

from typing import Final

from app_server.tools.context import ToolContext
from app_server.tools.forms import array, boolean, function, number, parameters, text
from protocol.wire import JsonObject

_AGENT: Final = "The agent's ID, as `spawn_agent` gave it."
_ROLES: Final = (
    ("default", "an agent like you"),
    ("explorer", "answers a precise question about the code, quickly; several can look at the same time"),
    (
        "worker",
        "carries out a bounded part of the work; tell it its files, and that others work beside it",
    ),
)


def spawn_agent(context: ToolContext) -> JsonObject:
    return function(
        "spawn_agent",
        "Start another agent on a task of its own, and get its ID. Only when the user has asked for "
        "agents, for delegation or for work in parallel; that a task is large or deep is no reason. Keep "
        "what you need next "
        f"for yourself, and hand out what can go on beside it.\n{models(context)}",
        parameters(
            message=text("What the agent is to do. Either this or `items`."),
            items=_input_items(),
            agent_type=roles(context),
            fork_context=boolean("True: the agent begins with all that was said in this thread."),
            **overrides(),
        ),
    )


def send_input(_context: ToolContext) -> JsonObject:
    return function(
        "send_input",
        "Say something to an agent that you started.",
        parameters(
            ["target"],
            target=text(_AGENT),
            message=text("What you say. Either this or `items`."),
            items=_input_items(),
            interrupt=boolean("True: it drops what it is doing. Default: it gets to it afterwards."),
        ),
    )


def resume_agent(_context: ToolContext) -> JsonObject:
    return function(
        "resume_agent",
        "Bring back an agent that was closed, so that it can be written to and waited for.",
        parameters(["id"], id=text(_AGENT)),
    )


def wait_agent(_context: ToolContext) -> JsonObject:
    return function(
        "wait_agent",
        "Wait until the first of these agents is done, and learn how it ended. Only when you cannot go on "
        "without it.",
        parameters(
            ["targets"],
            targets=array(text(), "IDs of agents. Name several to go on with whichever is done first."),
            timeout_ms=number("Milliseconds to wait: 30000 unless you say otherwise, 10000 to 3600000."),
        ),
    )


def close_agent(_context: ToolContext) -> JsonObject:
    return function(
        "close_agent",
        "Close an agent that is no longer needed, with all that it started. Answers with the state it was "
        "in.",
        parameters(["target"], target=text(_AGENT)),
    )


def spawn_agents_on_csv(_context: ToolContext) -> JsonObject:
    anything: JsonObject = {"type": "object", "properties": {}}
    return function(
        "spawn_agents_on_csv",
        "Run one agent for each row of a CSV file and collect what they report in another one. Waits until "
        "all are done.",
        parameters(
            ["csv_path", "instruction"],
            csv_path=text("The file with the rows."),
            instruction=text("What to do with a row; `{column}` stands for its value in that column."),
            id_column=text("The column that identifies a row."),
            output_csv_path=text("Where the results go."),
            output_schema=anything,
            max_concurrency=number("How many agents work at a time. Default 16."),
            max_workers=number("Another name of `max_concurrency`; 1 is one after the other."),
            max_runtime_seconds=number("Seconds that an agent may take. Default 1800."),
        ),
    )


def roles(context: ToolContext) -> JsonObject:
    """The parameter that chooses what kind of agent it is."""
    own = dict(context.agent_roles)
    known = {**own, **{name: about for name, about in _ROLES if name not in own}}
    lines = "\n".join(f"`{name}`: {about}" if about else f"`{name}`" for name, about in known.items())
    return text(f"The kind of agent. Default: `default`.\n{lines}")


def overrides() -> dict[str, JsonObject]:
    """The parameters that give the agent another model than the one that starts it."""
    return {
        "model": text("Another model than yours. Leave it out unless there is a reason."),
        "reasoning_effort": text("Another reasoning effort than yours."),
        "service_tier": text("Another service tier than yours."),
    }


def models(_context: ToolContext) -> str:
    """Which models there are to choose from."""
    from app_server.model.bundled import BUNDLED

    lines = [
        f"- {info.display_name} (`{info.slug}`): {info.description} "
        f"Efforts: {', '.join(option.effort for option in info.efforts)}."
        for info in BUNDLED
        if not info.hidden
    ]
    return "\n".join(["Models:", *lines])


def _input_items() -> JsonObject:
    item = parameters(
        type=text("`text`, `image`, `local_image`, `skill` or `mention`."),
        text=text("Of a `text`."),
        image_url=text("Of an `image`."),
        path=text("Of a `local_image`, a `skill` or a `mention`."),
        name=text("Of a `skill` or a `mention`."),
    )
    return array(item, "What you say, in parts, where text alone does not do.")
