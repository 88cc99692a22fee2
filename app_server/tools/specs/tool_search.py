"""`tool_search`: the model looks for tools that were not described to it from the start (tools.md §1.3)."""

from operator import attrgetter

from app_server.tools.context import McpServer, ToolContext
from app_server.tools.forms import number, parameters, text
from protocol.wire import JsonObject


def tool_search(context: ToolContext) -> JsonObject:
    sources = [line for server in context.mcp_servers for line in _sources(server, context)]
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


def _sources(server: McpServer, context: ToolContext) -> list[str]:
    """The server, or the apps that it hosts, without those whose tools need not be searched for."""
    apps = {tool.app.id: tool.app for tool in server.tools if tool.app is not None}
    if not apps:
        return [f"- MCP server {server.name}"]
    searched = sorted(
        (app for app in apps.values() if app.id not in context.called_apps), key=attrgetter("shown_name")
    )
    return [
        f"- app {app.shown_name}: {app.description}" if app.description else f"- app {app.shown_name}"
        for app in searched
    ]
