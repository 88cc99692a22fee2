"""The second form of the tools for agents, carried out: agents have names, and write to each other."""

from typing import Literal

from app_server.model.lenient_json import dumps
from app_server.tools.agents.arguments import (
    LONGEST_WAIT_MS,
    SHORTEST_WAIT_MS,
    USUAL_WAIT_MS,
    Effort,
    spoken,
)
from app_server.tools.agents.shown import ShownCall
from app_server.tools.agents.starting import started
from app_server.tools.arguments import arguments_of
from app_server.tools.call import Output, ToolCall, ToolRefusal
from app_server.tools.crew import AgentMissing, AgentOrder
from app_server.tools.host import ToolHost
from protocol.input import TextUserInput
from protocol.wire import JsonValue, VerbatimModel


class SpawnArgs(VerbatimModel):
    """A new agent, its name and its task."""

    task_name: str
    message: str
    agent_type: str | None = None
    fork_turns: str | None = None
    model: str | None = None
    reasoning_effort: Effort | None = None
    service_tier: str | None = None


class MessageArgs(VerbatimModel):
    """A message, and whom it is for."""

    target: str
    message: str


class TargetArgs(VerbatimModel):
    """An agent."""

    target: str


class WaitArgs(VerbatimModel):
    """How long to wait."""

    timeout_ms: int | None = None


class ListArgs(VerbatimModel):
    """Which agents are listed."""

    path_prefix: str | None = None


async def spawn_agent(call: ToolCall, host: ToolHost) -> Output:
    """Start an agent. It begins with what was said here, unless told otherwise."""
    given = arguments_of(call, SpawnArgs)
    history = _history(given.fork_turns)
    message = spoken(given.message)
    shown = ShownCall(
        call,
        host,
        "spawnAgent",
        prompt=message,
        model=given.model or "",
        effort=given.reasoning_effort or "medium",
    )
    order = AgentOrder(
        [TextUserInput(text=message)],
        given.agent_type,
        history,
        given.model,
        given.reasoning_effort,
        given.service_tier,
        given.task_name,
    )
    agent = await started(order, host, shown)
    return _json({"task_name": agent.name, "nickname": agent.nickname})


def _history(turns: str | None) -> int | Literal["none", "all"]:
    if turns is None or turns == "all":
        return "all"
    if turns == "none":
        return "none"
    if turns.isascii() and turns.isdecimal() and int(turns) > 0:
        return int(turns)
    raise ToolRefusal("fork_turns must be `none`, `all`, or a positive integer string")


async def send_message(call: ToolCall, host: ToolHost) -> Output:
    """Leave a message that is read with whatever the agent does next."""
    return await _write(call, host, starts=False)


async def followup_task(call: ToolCall, host: ToolHost) -> Output:
    """Give an agent something more to do."""
    return await _write(call, host, starts=True)


async def _write(call: ToolCall, host: ToolHost, *, starts: bool) -> Output:
    given = arguments_of(call, MessageArgs)
    message = spoken(given.message)
    target = host.agents.find(given.target)
    if starts and host.agents.is_root(target):
        raise ToolRefusal("Tasks can't be assigned to the root agent")
    shown = ShownCall(call, host, "sendInput", [target], prompt=message)
    try:
        await host.agents.mail(target, message, starts=starts)
    except AgentMissing as missing:
        shown.ends({target: host.agents.status(target)}, failed=True)
        raise ToolRefusal(f"agent with id {target} not found") from missing
    shown.ends({target: host.agents.status(target)})
    return ""


async def wait_agent(call: ToolCall, host: ToolHost) -> Output:
    """Wait until any agent has written something here, the news of its end included."""
    asked = arguments_of(call, WaitArgs).timeout_ms
    asked = USUAL_WAIT_MS if asked is None else asked
    if asked < SHORTEST_WAIT_MS:
        raise ToolRefusal(f"timeout_ms must be at least {SHORTEST_WAIT_MS}")
    if asked > LONGEST_WAIT_MS:
        raise ToolRefusal(f"timeout_ms must be at most {LONGEST_WAIT_MS}")
    shown = ShownCall(call, host, "wait")
    came = await host.agents.wait_for_mail(asked / 1000)
    shown.ends({})
    return _json({"message": "Wait completed." if came else "Wait timed out.", "timed_out": not came})


async def close_agent(call: ToolCall, host: ToolHost) -> Output:
    """End an agent, with those that it started itself."""
    target = host.agents.find(arguments_of(call, TargetArgs).target)
    if host.agents.is_root(target):
        raise ToolRefusal("root is not a spawned agent")
    shown = ShownCall(call, host, "closeAgent", [target])
    try:
        before = await host.agents.close(target)
    except AgentMissing as missing:
        shown.ends({target: host.agents.status(target)}, failed=True)
        raise ToolRefusal(f"agent with id {target} not found") from missing
    shown.ends({target: before})
    return _json({"previous_status": before.to_model()})


async def list_agents(call: ToolCall, host: ToolHost) -> Output:
    """The agents of the tree, by their names."""
    rows: list[JsonValue] = [
        {
            "agent_name": agent.name,
            "agent_status": agent.status.to_model(),
            "last_task_message": agent.last_task,
        }
        for agent in host.agents.list(arguments_of(call, ListArgs).path_prefix)
    ]
    return _json({"agents": rows})


def _json(value: JsonValue) -> str:
    return dumps(value).decode()
