"""What the item of a call tells of its tool: the app, the interface that it brings, that it only reads."""

from collections.abc import Mapping
from typing import TypedDict

from app_server.tools.context import McpTool
from protocol.item_calls import McpToolCallAppContext
from protocol.wire import JsonValue


class About(TypedDict, total=False):
    """Members of a `mcpToolCall` item."""

    app_context: McpToolCallAppContext
    mcp_app_resource_uri: str
    read_only_hint: bool


def about(tool: McpTool) -> About:
    """Those of this tool; what it does not say is left out."""
    told: About = {}
    interface = _interface(tool.meta)
    if interface is not None:
        told["mcp_app_resource_uri"] = interface
    hint = _object(tool.annotations).get("readOnlyHint")
    if isinstance(hint, bool):
        told["read_only_hint"] = hint
    if tool.app is not None:
        action = _text(_object(tool.meta.get("_codex_apps")).get("resource_uri"))
        told["app_context"] = McpToolCallAppContext(
            connector_id=tool.app.id,
            link_id=_text(tool.meta.get("link_id")),
            resource_uri=interface,
            app_name=tool.app.name,
            action_name=None if action is None else action.rstrip("/").rpartition("/")[2] or None,
        )
    return told


def _interface(meta: Mapping[str, JsonValue]) -> str | None:
    """The resource that shows results of the tool, by any of the keys that servers have for it."""
    places = (
        _object(meta.get("ui")).get("resourceUri"),
        meta.get("ui/resourceUri"),
        meta.get("openai/outputTemplate"),
    )
    return next((uri for uri in map(_text, places) if uri is not None), None)


def _text(value: JsonValue) -> str | None:
    return value if isinstance(value, str) and value else None


def _object(value: JsonValue) -> Mapping[str, JsonValue]:
    return value if isinstance(value, dict) else {}
