"""The form in which items enter the history: known types and known keys only (prompt-input.md §7.1, §7.5).

What a model streams, a client injects or an old file holds may carry more than the API takes back. The form
is decided once, when an item is recorded, so that building a prompt costs little for a long history.
"""

import sys
from collections.abc import Sequence

from protocol.wire import JsonObject, JsonValue

# The keys of each item type, in the order in which they are sent. Absent or null, a key with `?` is left out
# and one with `~` is sent as null; any other is required.
_FORMS = {
    "message": ("role", "content", "phase?"),
    "reasoning": ("summary", "content~", "encrypted_content~"),
    "function_call": ("name", "namespace?", "arguments", "call_id"),
    "function_call_output": ("call_id", "output"),
    "custom_tool_call": ("status?", "call_id", "name", "input"),
    "custom_tool_call_output": ("call_id", "name?", "output"),
    "local_shell_call": ("call_id~", "status", "action"),
    "tool_search_call": ("call_id~", "status?", "execution", "arguments"),
    "tool_search_output": ("call_id~", "status", "execution", "tools"),
    "web_search_call": ("status?", "action?"),
    "image_generation_call": ("id", "status", "revised_prompt?", "result"),
    "compaction": ("encrypted_content",),
    "context_compaction": ("encrypted_content?",),
}
_BROUGHT_IN = ("name", "namespace?", "output")
"""An output that answers no call: a client brought it in with a turn."""
_SHELL_ACTION = ("type", "command", "timeout_ms", "working_directory", "env", "user")
_KEEPS_ID = "image_generation_call"


def recorded(item: JsonObject) -> JsonObject | None:
    """The item as the history keeps it; None for what is never kept, or is not whole.

    A non-empty `id` stays, because one provider wants it back; `wire_form` drops it for all others.
    """
    kind = item.get("type")
    if kind == "compaction_summary":
        kind = "compaction"
    if not isinstance(kind, str) or kind not in _FORMS:
        return None
    if kind == "message" and item.get("role") == "system":
        return None
    # One text for all items of a kind: a long history is looked through for every request.
    kept: JsonObject = {"type": sys.intern(kind)}
    answers_no_call = kind == "function_call_output" and item.get("call_id") is None
    for entry in _BROUGHT_IN if answers_no_call else _FORMS[kind]:
        key = entry.rstrip("?~")
        value = item.get(key)
        if value is not None or entry.endswith("~"):
            kept[key] = value
        elif key == entry:
            return None
    if isinstance(item_id := item.get("id"), str) and item_id:
        kept["id"] = item_id
    if not isinstance(kept.get("call_id", ""), str | None) or not _complete(kept):
        return None
    return kept


def wire_form(item: JsonObject) -> JsonObject:
    """The recorded item as it is sent: without its id, unless the id is part of what it says."""
    if "id" not in item or item["type"] == _KEEPS_ID:
        return item
    return {key: value for key, value in item.items() if key != "id"}


def _complete(kept: JsonObject) -> bool:
    """Bring the inner parts into form; False when they cannot be."""
    match kept:
        case {"type": "message", "content": content}:
            if not isinstance(content, list):
                return False
            kept["content"] = _parts(content)
        case {"type": "reasoning", "content": content} if content is not None:
            # Raw reasoning goes back as it came; its absence is said with null; anything else is not sent.
            if not _has_raw_reasoning(content):
                del kept["content"]
        case {"type": "local_shell_call", "action": action}:
            if not isinstance(action, dict):
                return False
            kept["action"] = {key: action.get(key) for key in _SHELL_ACTION}
        case {"output": list(output)}:
            kept["output"] = _parts(output)
        case {"output": output}:
            return isinstance(output, str)
        case _:
            pass
    return True


def _has_raw_reasoning(content: JsonValue) -> bool:
    entries = content if isinstance(content, list) else []
    return any(isinstance(entry, dict) and entry.get("type") == "reasoning_text" for entry in entries)


def _parts(parts: Sequence[JsonValue]) -> list[JsonValue]:
    kept: list[JsonValue] = []
    for part in parts:
        match part:
            case {"type": "input_text" | "output_text" as kind, "text": str(text)}:
                kept.append({"type": kind, "text": text})
            case {"type": "input_image", "image_url": str(url), "detail": str(detail)}:
                kept.append({"type": "input_image", "image_url": url, "detail": detail})
            case {"type": "input_image", "image_url": str(url)}:
                kept.append({"type": "input_image", "image_url": url})
            case _:  # a part of a newer kind: the rest of the message is still worth keeping
                pass
    return kept
