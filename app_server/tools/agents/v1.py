"""The first form of the tools for agents, carried out: agents have ids, and are waited for (tools.md §12)."""

from app_server.model.lenient_json import dumps
from app_server.tools.agent_status import NOT_FOUND
from app_server.tools.agents.arguments import (
    LONGEST_WAIT_MS,
    SHORTEST_WAIT_MS,
    USUAL_WAIT_MS,
    Effort,
    InputArg,
    agent_id,
    in_one_text,
    input_of,
)
from app_server.tools.agents.shown import ShownCall
from app_server.tools.agents.starting import started
from app_server.tools.arguments import arguments_of
from app_server.tools.call import Output, ToolCall, ToolRefusal
from app_server.tools.crew import AgentMissing, AgentOrder, SpawnRefused
from app_server.tools.host import ToolHost
from protocol.wire import JsonValue, VerbatimModel


class SpawnArgs(VerbatimModel):
    """A new agent and its task."""

    message: str | None = None
    items: list[InputArg] | None = None
    agent_type: str | None = None
    fork_context: bool | None = None
    model: str | None = None
    reasoning_effort: Effort | None = None
    service_tier: str | None = None


class SendArgs(VerbatimModel):
    """Something that an agent is told."""

    target: str
    message: str | None = None
    items: list[InputArg] | None = None
    interrupt: bool | None = None


class WaitArgs(VerbatimModel):
    """Which agents are waited for, and how long."""

    targets: list[str] | None = None
    timeout_ms: int | None = None


class CloseArgs(VerbatimModel):
    """Which agent is closed."""

    target: str


class ResumeArgs(VerbatimModel):
    """Which agent comes back."""

    id: str


async def spawn_agent(call: ToolCall, host: ToolHost) -> Output:
    """Start an agent; it works on while the one that started it does."""
    given = arguments_of(call, SpawnArgs)
    said = input_of(given.message, given.items)
    host.agents.check_depth()
    shown = ShownCall(
        call,
        host,
        "spawnAgent",
        prompt=in_one_text(said),
        model=given.model or "",
        effort=given.reasoning_effort or "medium",
    )
    order = AgentOrder(
        said,
        given.agent_type,
        "all" if given.fork_context else "none",
        given.model,
        given.reasoning_effort,
        given.service_tier,
    )
    agent = await started(order, host, shown)
    return _json({"agent_id": agent.id, "nickname": agent.nickname})


async def send_input(call: ToolCall, host: ToolHost) -> Output:
    """Say something to an agent."""
    given = arguments_of(call, SendArgs)
    target = agent_id(given.target)
    said = input_of(given.message, given.items)
    shown = ShownCall(call, host, "sendInput", [target], prompt=in_one_text(said))
    try:
        submission = await host.agents.send(target, said, interrupt=bool(given.interrupt))
    except AgentMissing as missing:
        raise _missing(shown, target) from missing
    shown.ends({target: host.agents.status(target)})
    return _json({"submission_id": submission})


async def wait_agent(call: ToolCall, host: ToolHost) -> Output:
    """Wait until an agent is done. One that does not exist is done as well."""
    given = arguments_of(call, WaitArgs)
    targets = [agent_id(target) for target in given.targets or ()]
    if not targets:
        raise ToolRefusal("agent ids must be non-empty")
    asked = USUAL_WAIT_MS if given.timeout_ms is None else given.timeout_ms
    if asked <= 0:
        raise ToolRefusal("timeout_ms must be greater than zero")
    shown = ShownCall(call, host, "wait", targets)
    done = await host.agents.wait(targets, min(max(asked, SHORTEST_WAIT_MS), LONGEST_WAIT_MS) / 1000)
    shown.ends(done, failed=any(status.progress in ("errored", "notFound") for status in done.values()))
    states: dict[str, JsonValue] = {target: status.to_model() for target, status in done.items()}
    return _json({"status": states, "timed_out": not done})


async def close_agent(call: ToolCall, host: ToolHost) -> Output:
    """End an agent, with those that it started itself."""
    target = agent_id(arguments_of(call, CloseArgs).target)
    shown = ShownCall(call, host, "closeAgent", [target])
    try:
        before = await host.agents.close(target)
    except AgentMissing as missing:
        raise _missing(shown, target) from missing
    shown.ends({target: before})
    return _json({"previous_status": before.to_model()})


async def resume_agent(call: ToolCall, host: ToolHost) -> Output:
    """Bring an agent back that was closed, or that another run of the server had."""
    target = agent_id(arguments_of(call, ResumeArgs).id)
    host.agents.check_depth()
    shown = ShownCall(call, host, "resumeAgent", [target])
    try:
        status = await host.agents.resume(target)
    except AgentMissing as missing:
        raise _missing(shown, target) from missing
    except SpawnRefused as refused:
        shown.ends({target: NOT_FOUND}, failed=True)
        raise ToolRefusal(f"collab resume failed: {refused}") from refused
    shown.ends({target: status})
    return _json({"status": status.to_model()})


def _missing(shown: ShownCall, target: str) -> ToolRefusal:
    shown.ends({target: NOT_FOUND}, failed=True)
    return ToolRefusal(f"agent with id {target} not found")


def _json(value: JsonValue) -> str:
    return dumps(value).decode()
