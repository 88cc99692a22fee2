"""The tools that list and read what MCP servers hold, carried out (tools.md §9.5)."""

from collections.abc import Awaitable, Callable

import anyio

from app_server.mcp.connection import Connection
from app_server.mcp.errors import McpError
from app_server.tools.arguments import arguments_of, json_arguments
from app_server.tools.call import Output, ToolCall, ToolRefusal
from app_server.tools.host import ToolHost
from app_server.tools.mcp.shown import ShownCall, compact
from protocol.wire import JsonObject, JsonValue, VerbatimModel

_NO_SERVER = "codex"
"""What stands for the server of a call that names none."""


class ListArgs(VerbatimModel):
    """What the model gives."""

    server: str | None = None
    cursor: str | None = None


class ReadArgs(VerbatimModel):
    """What the model gives."""

    server: str
    uri: str


async def list_mcp_resources(call: ToolCall, host: ToolHost) -> Output:
    """All resources, or a page of those of one server."""
    return await _list(call, host, "resources/list", "resources", lambda one: one.resources)


async def list_mcp_resource_templates(call: ToolCall, host: ToolHost) -> Output:
    """All templates, or a page of those of one server."""
    return await _list(
        call, host, "resources/templates/list", "resourceTemplates", lambda one: one.resource_templates
    )


async def read_mcp_resource(call: ToolCall, host: ToolHost) -> Output:
    """What one server holds under one URI."""
    asked = arguments_of(call, ReadArgs)

    async def read() -> JsonObject:
        try:
            connection = host.mcp.servers.get(asked.server)
            try:
                answer = await connection.read_resource(asked.uri)
            except McpError as error:
                raise McpError(
                    f"resources/read failed for `{asked.server}` ({asked.uri}): {error}"
                ) from error
        except McpError as error:
            raise McpError(f"resources/read failed: {error}") from error
        return {"server": asked.server, "uri": asked.uri, "contents": answer.get("contents") or []}

    return await _shown(call, host, asked.server, read)


_Page = Callable[[str | None], Awaitable[JsonObject]]


async def _list(
    call: ToolCall, host: ToolHost, method: str, key: str, page_of: Callable[[Connection], _Page]
) -> Output:
    asked = arguments_of(call, ListArgs) if call.text.strip() else ListArgs()

    async def rows_of_one(name: str) -> JsonObject:
        try:
            connection = host.mcp.servers.get(name)
            try:
                answer = await page_of(connection)(asked.cursor)
            except McpError as error:
                raise McpError(f"{method} failed for `{name}`: {error}") from error
        except McpError as error:
            raise McpError(f"{method} failed: {error}") from error
        listed = answer.get(key)
        rows: JsonObject = {"server": name, key: _of_server(name, listed if isinstance(listed, list) else [])}
        if isinstance(answer.get("nextCursor"), str):
            rows["nextCursor"] = answer["nextCursor"]
        return rows

    async def rows_of_all() -> JsonObject:
        if asked.cursor:
            raise McpError("cursor can only be used when a server is specified")
        found: list[JsonValue] = []
        for connection in host.mcp.servers.ready:
            try:
                listed = await connection.all_pages(page_of(connection), key)
            except McpError:  # it has none, or is gone: the others still count
                continue
            found += _of_server(connection.name, listed)
        return {key: found}

    server = asked.server
    if server:
        return await _shown(call, host, server, lambda: rows_of_one(server))
    return await _shown(call, host, _NO_SERVER, rows_of_all)


def _of_server(name: str, rows: "list[JsonValue] | list[JsonObject]") -> list[JsonValue]:
    return [{"server": name, **row} for row in rows if isinstance(row, dict)]


async def _shown(
    call: ToolCall, host: ToolHost, server: str, answer: Callable[[], Awaitable[JsonObject]]
) -> Output:
    """The answer as JSON; clients see the call like one of a server's own tool."""
    arguments = json_arguments(call) if call.text.strip() else None
    shown = ShownCall(host, call.id, server, call.name, arguments)
    try:
        text = compact(await answer())
    except McpError as error:
        shown.failed(str(error))
        raise ToolRefusal(str(error)) from error
    except anyio.get_cancelled_exc_class():
        shown.failed("aborted by user")
        raise
    shown.succeeded({"content": [{"type": "text", "text": text}]})
    return text
