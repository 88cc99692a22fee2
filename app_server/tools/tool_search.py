"""`tool_search`: the model looks for tools that were not described to it from the start (tools.md §5)."""

from collections.abc import Sequence
from typing import Final

from app_server.tools.context import ToolContext
from app_server.tools.dynamic import DynamicTool, function_spec, namespace_spec
from app_server.tools.forms import number, parameters, text
from app_server.tools.host import Output, ToolCall, ToolHost
from protocol.wire import JsonObject, JsonValue

_DEFAULT_LIMIT: Final = 8


def tool_search(context: ToolContext) -> JsonObject:
    sources = [f"- MCP server {server.name}" for server in context.mcp_servers]
    if any(tool.deferred for tool in context.dynamic_tools):
        sources.append("- tools that the client brought along with this thread")
    description = (
        "Search for tools that you have not been told of yet; what is found can be called from then on. "
        "Whenever a task may need a tool that you do not see, search before you give up on it. "
        "They come from:\n" + "\n".join(sources)
    )
    return {
        "type": "tool_search",
        "execution": "client",
        "description": description,
        "parameters": parameters(
            ["query"],
            query=text("A few words on what the tool should do."),
            limit=number("The most tools to return. Default 8."),
        ),
    }


async def run(call: ToolCall, host: ToolHost) -> Output:
    """The deferred tools that fit best, in their namespaces. A search that makes no sense finds nothing."""
    asked = call.input if isinstance(call.input, dict) else {}
    query, limit = asked.get("query"), asked.get("limit", _DEFAULT_LIMIT)
    if limit is None:
        limit = _DEFAULT_LIMIT
    if not isinstance(query, str) or not query.strip() or not isinstance(limit, int) or limit < 1:
        return []
    from app_server.tools.ranking import ranked  # brings a stemmer along

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
