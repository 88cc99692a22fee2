"""The calls that one answer of the model makes: started as they stream in, answered in their order.

tools.md §2 says what is called by which item, what runs beside what, and what the model gets for it.
"""

import logging
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING

import anyio
from anyio.abc import TaskGroup

from app_server.agent.call_lock import CallLock
from app_server.agent.tool_host import TurnHost
from app_server.tools.call import Output, ToolCall, ToolRefusal
from app_server.tools.table import Kind, Run
from protocol.wire import JsonObject

if TYPE_CHECKING:
    from app_server.agent.hooks.around_tools import ToolHooks

logger = logging.getLogger("app_server.agent")

_SHORTEST_SECONDS = 0.1
_DEFECT = "the tool ended because of an internal error"


@dataclass(slots=True)
class _Made:
    """A call that was made, and what came of it."""

    call: ToolCall
    kind: Kind
    output: Output | None = None
    """None: nothing is said; the history says `aborted` for it when the model is asked again."""


class ToolCalls:
    """Owns the calls of one response."""

    def __init__(self, host: TurnHost, hooks: "ToolHooks | None" = None) -> None:
        self._host = host
        self._hooks = hooks
        self._made: list[_Made] = []
        self._lock = CallLock()

    @property
    def any(self) -> bool:
        """Whether the model waits for answers."""
        return bool(self._made)

    def start(self, item: JsonObject, tasks: TaskGroup) -> None:
        """Begin what the item calls, if it is a call that is ours to answer; the group waits for its end."""
        made = _made(item)
        if made is None:
            return
        self._made.append(made)
        call = made.call
        callee = self._host.toolbox.find(call.namespace, call.name)
        if callee is None:
            made.output = _unsupported(made)
        elif callee.kind != made.kind:
            logger.warning("the model called %s as a %s tool, which it is not", call.name, made.kind)
        else:
            tasks.start_soon(partial(self._run, made, callee.run, shared=callee.parallel), name=call.name)

    def outputs(self) -> list[JsonObject]:
        """The items that answer the calls, in their order."""
        return [_item(made) for made in self._made if made.output is not None]

    async def _run(self, made: _Made, run: Run, *, shared: bool) -> None:
        began = anyio.current_time()
        place = self._lock.enter(shared=shared)
        try:
            await place.granted.wait()
            if self._hooks is None:
                made.output = await run(made.call, self._host)
            else:
                made.output = await self._hooks.run(made.call, run, self._host)
        except ToolRefusal as refusal:
            made.output = str(refusal)
        except anyio.get_cancelled_exc_class():
            made.output = _aborted(made.call, max(_SHORTEST_SECONDS, anyio.current_time() - began))
            raise
        except Exception:  # the boundary of a tool: a defect is told to the model, and the turn goes on
            logger.exception("the tool %s ended by an unexpected error", made.call.name)
            made.output = _DEFECT
        finally:
            self._lock.leave(place)


def _made(item: JsonObject) -> _Made | None:
    """The call that an item makes; None for an item that is none, or that the provider answers itself."""
    match item:
        case {"type": "function_call", "call_id": str(call_id), "name": str(name)}:
            namespace = item.get("namespace")
            called = namespace if isinstance(namespace, str) else None
            return _Made(ToolCall(call_id, name, called, item.get("arguments")), "function")
        case {"type": "custom_tool_call", "call_id": str(call_id), "name": str(name)}:
            return _Made(ToolCall(call_id, name, None, item.get("input")), "custom")
        case {"type": "tool_search_call", "execution": "client", "call_id": str(call_id)}:
            return _Made(ToolCall(call_id, "tool_search", None, item.get("arguments")), "search")
        case _:
            return None


def _aborted(call: ToolCall, seconds: float) -> Output:
    if call.name == "shell_command":
        return f"Wall time: {seconds:.1f} seconds\naborted by user"
    return f"aborted by user after {seconds:.1f}s"


def _unsupported(made: _Made) -> Output:
    call = made.call
    match made.kind:
        case "search":
            return []
        case "custom":
            return f"unsupported custom tool call: {call.name}"
        case _:
            return f"unsupported call: {call.namespace or ''}{call.name}"


def _item(made: _Made) -> JsonObject:
    call_id, output = made.call.id, made.output
    content = output if isinstance(output, str) else list(output or ())
    if made.kind == "search":
        tools = [] if isinstance(content, str) else content
        return {
            "type": "tool_search_output",
            "call_id": call_id,
            "status": "completed",
            "execution": "client",
            "tools": list(tools),
        }
    kind = "custom_tool_call_output" if made.kind == "custom" else "function_call_output"
    return {
        "type": kind,
        "call_id": call_id,
        "output": content if isinstance(content, str) else list(content),
    }
