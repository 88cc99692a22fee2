"""A call of an MCP server's tool (tools.md §9.3)."""

import time
from typing import Final

import anyio

from app_server.mcp.errors import McpError
from app_server.tools.arguments import json_arguments
from app_server.tools.call import Output, ToolCall, ToolRefusal
from app_server.tools.host import ToolHost
from app_server.tools.mcp.about import about
from app_server.tools.mcp.approval import refusal_of
from app_server.tools.mcp.shown import ShownCall, compact
from app_server.tools.specs.mcp import NamedTool
from protocol.item_progress import McpToolCallProgressNotification
from protocol.wire import JsonObject, JsonValue

_IMAGE_OMITTED: Final = "image content omitted because you do not support image input"


async def run(named: NamedTool, call: ToolCall, host: ToolHost) -> Output:
    """Let the server run it, if that is approved."""
    began = time.monotonic()
    arguments, problem = _arguments(call)
    if problem is not None:
        return _output(_text_result(f"err: {problem}"), 0.0, images=False)
    server, tool = named.server.name, named.tool.name
    shown = ShownCall(host, call.id, server, tool, arguments, about=about(named.tool))
    try:
        result = await _run(named, call, host, arguments, shown)
    except anyio.get_cancelled_exc_class():
        shown.failed("aborted by user")
        raise
    return _output(result, time.monotonic() - began, images="image" in host.model.input_modalities)


async def _run(
    named: NamedTool, call: ToolCall, host: ToolHost, arguments: JsonValue, shown: ShownCall
) -> JsonObject:
    """What the model is to see, after clients have seen it."""
    refusal = await refusal_of(named, arguments, call.id, host)
    if refusal is not None:
        shown.failed(refusal)
        return _text_result(refusal)
    server, tool = named.server.name, named.tool.name
    if named.tool.app is not None:
        from app_server.apps.files import UploadError  # few threads have apps
        from app_server.tools.mcp.files import with_files

        try:
            arguments = await with_files(named.tool, arguments, host.cwd, host.mcp.upload)
        except UploadError as error:
            shown.failed(str(error))
            return _text_result(str(error))

    def progressed(params: JsonObject) -> None:
        message = params.get("message")
        host.emit(
            McpToolCallProgressNotification(
                thread_id=host.thread_id,
                turn_id=host.turn_id,
                item_id=call.id,
                message=message if isinstance(message, str) else "",
            )
        )

    try:
        connection = host.mcp.servers.get(server)
        result = await connection.call_tool(
            tool, arguments, meta=_meta(named, call, host), progress=progressed
        )
    except McpError as error:
        text = f"tool call error: tool call failed for `{server}/{tool}`\n\nCaused by:\n    {error}"
        shown.failed(text)
        return _text_result(text)
    shown.succeeded(result)
    return result


def _arguments(call: ToolCall) -> tuple[JsonValue, str | None]:
    """The arguments, None when there are none; or what is wrong with their text."""
    if not call.text.strip():
        return None, None
    try:
        return json_arguments(call), None
    except ToolRefusal as refusal:
        return None, str(refusal).removeprefix("failed to parse function arguments: ")


def _meta(named: NamedTool, call: ToolCall, host: ToolHost) -> JsonObject:
    meta: JsonObject = {"x-codex-turn-metadata": dict(host.mcp.metadata), "threadId": host.thread_id}
    if named.tool.app is not None:
        said = named.tool.meta.get("_codex_apps")
        meta["_codex_apps"] = {**(said if isinstance(said, dict) else {}), "call_id": call.id}
    return meta


def _text_result(text: str) -> JsonObject:
    return {"content": [{"type": "text", "text": text}]}


def _output(result: JsonObject, seconds: float, *, images: bool) -> Output:
    """What came back, under a line that says how long it took."""
    header = f"Wall time: {seconds:.4f} seconds\nOutput:"
    structured = result.get("structuredContent")
    if structured is not None:
        return f"{header}\n{compact(structured)}"
    content = result.get("content")
    parts = [one for one in content if isinstance(one, dict)] if isinstance(content, list) else []
    if not images:
        omitted: JsonObject = {"type": "text", "text": _IMAGE_OMITTED}
        parts = [omitted if one.get("type") == "image" else one for one in parts]
    if any(one.get("type") == "image" for one in parts):
        return [{"type": "input_text", "text": header}, *map(_part, parts)]
    return f"{header}\n{compact(list(parts))}"


def _part(content: JsonObject) -> JsonObject:
    match content:
        case {"type": "image", "data": str(data)}:
            mime = content.get("mimeType") or "image/png"
            url = data if data.startswith("data:") else f"data:{mime};base64,{data}"
            return {"type": "input_image", "image_url": url, "detail": "high"}
        case {"type": "text", "text": str(text)}:
            return {"type": "input_text", "text": text}
        case _:
            return {"type": "input_text", "text": compact(content)}
