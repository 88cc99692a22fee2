"""The tools that a client brings along with `thread/start` (threads-and-turns.md §7 J)."""

from collections.abc import Iterable

from app_server.tools.dynamic import DynamicTool, DynamicToolError, check_dynamic_tools
from protocol.dynamic_tool import DynamicToolSpec, FunctionDynamicToolSpec
from protocol.jsonrpc import invalid_request


def dynamic_tools(specs: Iterable[DynamicToolSpec]) -> tuple[DynamicTool, ...]:
    """The tools, in the form of 0.131 or of today. Raises RpcError for what no model can be offered."""
    try:
        tools = tuple(tool for spec in specs for tool in _tools(spec))
        check_dynamic_tools(tools)
    except DynamicToolError as error:
        raise invalid_request(str(error)) from error
    return tools


def _tools(spec: DynamicToolSpec) -> Iterable[DynamicTool]:
    if isinstance(spec, FunctionDynamicToolSpec):
        return [
            DynamicTool(spec.name, spec.description, spec.input_schema, spec.namespace, spec.defer_loading)
        ]
    if not spec.tools:
        raise DynamicToolError(f"dynamic tool namespace must contain at least one tool: {spec.name}")
    return [
        DynamicTool(
            tool.name, tool.description, tool.input_schema, spec.name, tool.defer_loading, spec.description
        )
        for tool in spec.tools
    ]
