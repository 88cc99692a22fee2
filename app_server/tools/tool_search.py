"""`tool_search`, carried out (tools.md §5)."""

from collections.abc import Sequence
from typing import Final

from app_server.tools.call import Output, ToolCall
from app_server.tools.dynamic import DynamicTool, function_spec, namespace_spec
from app_server.tools.host import ToolHost
from app_server.tools.ranking import ranked
from protocol.wire import JsonObject, JsonValue

_DEFAULT_LIMIT: Final = 8


async def run(call: ToolCall, host: ToolHost) -> Output:
    """The deferred tools that fit best, in their namespaces. A search that makes no sense finds nothing."""
    asked = call.input if isinstance(call.input, dict) else {}
    query, limit = asked.get("query"), asked.get("limit", _DEFAULT_LIMIT)
    if limit is None:
        limit = _DEFAULT_LIMIT
    if not isinstance(query, str) or not query.strip() or not isinstance(limit, int) or limit < 1:
        return []
    tools = host.deferred_tools
    found = ranked(query, [_searchable(tool) for tool in tools])[:limit]
    return _grouped([tools[position] for position in found])


def _searchable(tool: DynamicTool) -> str:
    """What the words of a query are looked for in."""
    schema = tool.input_schema
    properties = schema.get("properties") if isinstance(schema, dict) else None
    names = properties if isinstance(properties, dict) else ()
    about = (tool.name, tool.namespace or "", tool.namespace_description, tool.description, *names)
    return " ".join(about)


def _grouped(tools: Sequence[DynamicTool]) -> list[JsonObject]:
    namespaces: dict[str, JsonObject] = {}
    members: dict[str, list[JsonValue]] = {}
    for tool in tools:
        name = tool.namespace or ""
        members.setdefault(name, []).append(function_spec(tool) | {"defer_loading": True})
        namespaces.setdefault(name, namespace_spec(tool))
    return [{**spec, "tools": members[name]} for name, spec in namespaces.items()]
