"""Which model items are kept, and in what form (persistence.md §2.5).

Items are kept as the model must see them again: without ids (they mean nothing to a later request, except for
generated images), without status and annotations. The same rule reads the files of newer servers, which keep
ids and bookkeeping in the item.
"""

from typing import Final

from protocol.wire import JsonObject, JsonValue

PERSISTED: Final = frozenset(
    {
        "message",
        "reasoning",
        "local_shell_call",
        "function_call",
        "function_call_output",
        "custom_tool_call",
        "custom_tool_call_output",
        "tool_search_call",
        "tool_search_output",
        "web_search_call",
        "image_generation_call",
        "compaction",
        "context_compaction",
    }
)
_DROPPED: Final = frozenset({"id", "internal_chat_message_metadata_passthrough"})
_PART_DROPPED: Final = frozenset({"annotations", "logprobs"})


def persisted_form(item: JsonObject) -> JsonObject | None:
    """The item as it is stored and replayed; None when its kind is never kept. The input is not changed."""
    kind = item.get("type")
    if kind == "compaction_summary":
        kind = "compaction"
    if kind not in PERSISTED or (kind == "message" and item.get("role") == "system"):
        return None
    kept: JsonObject = {key: value for key, value in item.items() if key not in _DROPPED}
    kept["type"] = kind
    match kind:
        case "message":
            kept["content"] = _parts(item.get("content"))
            kept.pop("status", None)
        case "reasoning":
            return _reasoning(item)
        case "function_call" | "function_call_output" | "custom_tool_call_output":
            kept.pop("status", None)
        case "image_generation_call":
            if "id" in item:
                kept = {"type": kind, "id": item["id"], **kept}
        case _:
            pass
    return kept


def _parts(content: JsonValue) -> JsonValue:
    if not isinstance(content, list):
        return content
    return [
        {key: value for key, value in part.items() if key not in _PART_DROPPED}
        if isinstance(part, dict)
        else part
        for part in content
    ]


def _reasoning(item: JsonObject) -> JsonObject:
    # Observed: raw reasoning text is kept, an absent content is written as null, and others are left out.
    content = item.get("content")
    kept: JsonObject = {"type": "reasoning", "summary": item.get("summary") or []}
    if content is None:
        kept["content"] = None
    elif isinstance(content, list) and any(
        isinstance(part, dict) and part.get("type") == "reasoning_text" for part in content
    ):
        kept["content"] = content
    kept["encrypted_content"] = item.get("encrypted_content")
    return kept
