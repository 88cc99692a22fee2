"""The tools that list and read what MCP servers hold (tools.md §9.5)."""

from typing import Final

from app_server.tools.context import ToolContext
from app_server.tools.forms import function, parameters, text
from protocol.wire import JsonObject

_CURSOR: Final = "Where the last answer said that more is to come. Needs `server`."


def list_mcp_resources(_context: ToolContext) -> JsonObject:
    return function(
        "list_mcp_resources",
        "List the resources of MCP servers: files, schemas, documents that they share as context. Prefer "
        "them to a search of the web where they can answer.",
        parameters(server=text("The server. Default: all of them."), cursor=text(_CURSOR)),
    )


def list_mcp_resource_templates(_context: ToolContext) -> JsonObject:
    return function(
        "list_mcp_resource_templates",
        "List the templates of MCP servers: resources whose address takes parameters.",
        parameters(server=text("The server. Default: all of them."), cursor=text(_CURSOR)),
    )


def read_mcp_resource(_context: ToolContext) -> JsonObject:
    return function(
        "read_mcp_resource",
        "Read one resource of an MCP server.",
        parameters(
            ["server", "uri"],
            server=text("The server's name, exactly as a listing gives it."),
            uri=text("The resource's URI, from a listing."),
        ),
    )
