"""Which response items can be taken into a history: the shape that each type needs (model-client.md §3.1)."""

from collections.abc import Mapping
from typing import Final

from protocol.wire import JsonObject

_REQUIRED: Final[Mapping[str, Mapping[str, type]]] = {
    "message": {"role": str, "content": list},
    "reasoning": {"summary": list},
    "function_call": {"name": str, "arguments": str, "call_id": str},
    "custom_tool_call": {"call_id": str, "name": str, "input": str},
    "local_shell_call": {"status": str, "action": dict},
    "function_call_output": {"call_id": str},
    "custom_tool_call_output": {"call_id": str},
    "tool_search_call": {"execution": str},
    "tool_search_output": {"status": str, "execution": str, "tools": list},
    "web_search_call": {},
    "image_generation_call": {"id": str, "status": str, "result": str},
    "compaction": {"encrypted_content": str},
    "context_compaction": {},
}


def is_valid_item(item: JsonObject) -> bool:
    """Whether the item is of a type that we know and has what that type cannot do without."""
    kind = item.get("type")
    required = _REQUIRED.get(kind) if isinstance(kind, str) else None
    if required is None:
        return False
    return all(isinstance(item.get(key), expected) for key, expected in required.items()) and _has_objects(
        item
    )


def _has_objects(item: JsonObject) -> bool:
    """Parts of a message or of a summary are objects that say their type."""
    for key in ("content", "summary"):
        parts = item.get(key)
        if isinstance(parts, list) and not all(
            isinstance(part, dict) and isinstance(part.get("type"), str) for part in parts
        ):
            return False
    return True
