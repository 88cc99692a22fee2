"""The item that clients see of a call of an MCP server (tools.md §9.3)."""

import time
from typing import Final

import orjson

from app_server.tools.host import ToolHost
from app_server.tools.mcp.about import About
from protocol.item import McpToolCallThreadItem
from protocol.item_calls import McpToolCallError, McpToolCallResult
from protocol.wire import JsonObject, JsonValue

_LARGEST_SHOWN: Final = 1024 * 1024
"""Bytes of a result that clients and the log get; the model's own limit is another."""


class ShownCall:
    """A call's item from its start to its end."""

    def __init__(
        self,
        host: ToolHost,
        call_id: str,
        server: str,
        tool: str,
        arguments: JsonValue,
        *,
        about: About | None = None,
    ) -> None:
        self._host = host
        self._item = McpToolCallThreadItem(
            id=call_id, server=server, tool=tool, status="inProgress", arguments=arguments, **(about or {})
        )
        self._began = time.monotonic()
        host.started(self._item)

    def succeeded(self, result: JsonObject) -> None:
        """The server has answered, be it that the tool has failed."""
        content = result.get("content")
        shown = McpToolCallResult(
            content=list(content) if isinstance(content, list) else [],
            structured_content=result.get("structuredContent"),
            meta=result.get("_meta"),
        )
        failed = result.get("isError") is True
        self._end("failed" if failed else "completed", result=_capped(shown))

    def failed(self, message: str) -> None:
        """There is no answer."""
        self._end("failed", error=McpToolCallError(message=message))

    def _end(self, status: str, **outcome: McpToolCallResult | McpToolCallError) -> None:
        duration_ms = int((time.monotonic() - self._began) * 1000)
        self._host.completed(
            self._item.model_copy(update={"status": status, "duration_ms": duration_ms, **outcome})
        )


def _capped(result: McpToolCallResult) -> McpToolCallResult:
    """The result, or as much of its text as is shown."""
    text = compact({"content": result.content, "structuredContent": result.structured_content})
    if len(text) <= _LARGEST_SHOWN and len(text.encode()) <= _LARGEST_SHOWN:
        return result
    kept = text.encode()[: _LARGEST_SHOWN - 1024].decode("utf-8", "ignore")
    return McpToolCallResult(content=[{"type": "text", "text": kept}])


def compact(value: JsonValue) -> str:
    """The value as JSON without blanks, keys as they came."""
    try:
        return orjson.dumps(value).decode()
    except (TypeError, ValueError):  # half a surrogate pair, or a number beyond 64 bits
        import json

        text = json.dumps(value, ensure_ascii=False, separators=(",", ":"))
        return text.encode("utf-8", "replace").decode()
