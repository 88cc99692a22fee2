"""The tools of one turn: what the model is told of them, and which one a call is for (tools.md §1.2, §2)."""

from collections.abc import Iterable
from functools import partial
from typing import TYPE_CHECKING, NamedTuple

from app_server.tools.context import ToolContext
from app_server.tools.dynamic import DynamicTool, dynamic_specs
from app_server.tools.table import CODE_MODE, SEARCHES, TOOLS, Kind, Run, Tool, defers_mcp, is_deferred
from protocol.wire import JsonObject

if TYPE_CHECKING:
    from app_server.tools.specs.mcp import NamedTool


class Callee(NamedTuple):
    """What a call is for."""

    kind: Kind
    parallel: bool
    run: Run


def tool_specs(context: ToolContext, *, executable_only: bool = True) -> tuple[JsonObject, ...]:
    """The tools as they are described to the model, in the order in which models know them.

    With `executable_only` those are left out that this server describes but cannot run: a turn never offers
    them.
    """

    def offered(tools: Iterable[Tool]) -> list[JsonObject]:
        return [
            tool.spec(context)
            for tool in tools
            if (tool.executable or not executable_only) and tool.offered(context)
        ]

    code_mode = offered(CODE_MODE)
    if code_mode and context.has("code_mode_only"):
        return tuple(code_mode)
    specs = [*code_mode, *offered(TOOLS)]
    if context.mcp_servers:
        from app_server.tools.specs.mcp import named_tools, namespace_specs  # most threads have none

        named, defers = named_tools(context.mcp_servers), defers_mcp(context)
        specs += namespace_specs(one for one in named if not (defers and is_deferred(one.tool, context)))
    taken = {str(spec.get("name")) for spec in specs}
    specs += [spec for spec in dynamic_specs(context.dynamic_tools) if spec["name"] not in taken]
    specs += offered(SEARCHES)
    return tuple(spec for spec in specs if context.namespaces or spec["type"] != "namespace")


class Toolbox:
    """What the calls of a turn may name. Made once for the turn."""

    def __init__(self, context: ToolContext) -> None:
        self.context = context
        self.specs = tool_specs(context)
        self._built_in = {
            tool.name: tool
            for tool in (*TOOLS, *SEARCHES)
            if tool.executable and tool.kind != "hosted" and tool.offered(context)
        }
        self._dynamic: dict[tuple[str | None, str], DynamicTool] = {
            (tool.namespace, tool.name): tool for tool in context.dynamic_tools
        }
        self._mcp = _mcp_tools(context)

    def find(self, namespace: str | None, name: str) -> Callee | None:
        """The tool that is called so; None when the turn has no such tool."""
        tool = self._built_in.get(name) if namespace is None else None
        if tool is not None:
            return Callee(tool.kind, tool.parallel, tool.run())
        of_server = self._mcp.get((namespace, name))
        if of_server is not None:
            from app_server.tools.mcp.call import run as call_server

            return Callee("function", of_server.server.parallel, partial(call_server, of_server))
        dynamic = self._dynamic.get((namespace, name))
        if dynamic is None:
            return None
        from app_server.tools.dynamic_call import run

        return Callee("function", parallel=False, run=partial(run, dynamic))

    @property
    def deferred(self) -> list[DynamicTool]:
        """What a search may find."""
        found = [tool for tool in self.context.dynamic_tools if tool.deferred]
        if self._mcp and defers_mcp(self.context):
            from app_server.tools.specs.mcp import searchable_tools

            of_servers = self._mcp.values()
            found += searchable_tools(one for one in of_servers if is_deferred(one.tool, self.context))
        return found


def _mcp_tools(context: ToolContext) -> "dict[tuple[str | None, str], NamedTool]":
    if not context.mcp_servers:
        return {}
    from app_server.tools.specs.mcp import named_tools  # most threads have none

    return {(one.namespace, one.name): one for one in named_tools(context.mcp_servers)}
