"""The form in which items enter the history: known types and known keys only (prompt-input.md §7.1, §7.5).

What a model streams, a client injects or an old file holds may carry more than the API takes back. The form
is decided once, when an item is recorded, so that building a prompt costs little for a long history.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from pydantic import JsonValue

from protocol.wire import JsonObject


@dataclass(frozen=True, slots=True)
class _Form:
    """The keys of one item type in the order in which they are sent."""

    required: tuple[str, ...]
    optional: tuple[str, ...] = ()  # left out when absent or null
    nullable: tuple[str, ...] = ()  # sent as null when absent


_FORMS = {
    "message": _Form(("role", "content"), ("phase",)),
    "reasoning": _Form(("summary",), (), ("encrypted_content",)),
    "function_call": _Form(("name", "arguments", "call_id"), ("namespace",)),
    "function_call_output": _Form(("call_id", "output")),
    "custom_tool_call": _Form(("call_id", "name", "input"), ("status",)),
    "custom_tool_call_output": _Form(("call_id", "output"), ("name",)),
    "local_shell_call": _Form(("status", "action"), (), ("call_id",)),
    "tool_search_call": _Form(("execution", "arguments"), ("status",), ("call_id",)),
    "tool_search_output": _Form(("status", "execution", "tools"), (), ("call_id",)),
    "web_search_call": _Form((), ("status", "action")),
    "image_generation_call": _Form(("id", "status", "result"), ("revised_prompt",)),
    "compaction": _Form(("encrypted_content",)),
    "context_compaction": _Form((), ("encrypted_content",)),
}
_SHELL_ACTION = ("timeout_ms", "working_directory", "env", "user")
_KEEPS_ID = "image_generation_call"


def recorded(item: JsonObject) -> JsonObject | None:
    """The item as the history keeps it; None for what is never kept, or is not whole.

    A non-empty `id` stays, because one provider wants it back; `wire_form` drops it for all others.
    """
    kind = item.get("type")
    if kind == "compaction_summary":
        kind = "compaction"
    form = _FORMS.get(kind) if isinstance(kind, str) else None
    if form is None or (kind == "message" and item.get("role") == "system"):
        return None
    kept: JsonObject = {"type": kind}
    for key in form.required:
        if (value := item.get(key)) is None:
            return None
        kept[key] = value
    for key in form.optional:
        if (value := item.get(key)) is not None:
            kept[key] = value
    for key in form.nullable:
        kept[key] = item.get(key)
    if isinstance(item_id := item.get("id"), str) and item_id:
        kept["id"] = item_id
    return kept if _complete(kept, item) else None


def is_recorded(item: JsonObject) -> bool:
    """Whether the history keeps such an item at all."""
    return recorded(item) is not None


def wire_form(item: JsonObject) -> JsonObject:
    """The recorded item as it is sent: without its id, unless the id is part of what it says."""
    if "id" not in item or item["type"] == _KEEPS_ID:
        return item
    return {key: value for key, value in item.items() if key != "id"}


def _complete(kept: JsonObject, original: JsonObject) -> bool:
    """Bring the inner parts into form; False when they cannot be."""
    match kept:
        case {"type": "message", "content": content}:
            if not isinstance(content, list):
                return False
            kept["content"] = _parts(content)
        case {"type": "reasoning"}:
            _reasoning_content(kept, original)
        case {"type": "local_shell_call", "action": action}:
            if not isinstance(action, dict):
                return False
            kept["action"] = {**action, **{key: action.get(key) for key in _SHELL_ACTION}}
        case {"output": list(output)}:
            kept["output"] = _parts(output)
        case {"output": output}:
            return isinstance(output, str) and isinstance(kept["call_id"], str)
        case _:
            pass
    return True


def _reasoning_content(kept: JsonObject, original: JsonObject) -> None:
    """Raw reasoning goes back as it came; its absence is said with null; anything else is not sent."""
    content = original.get("content")
    if content is None:
        kept["content"] = None
    elif isinstance(content, list) and any(
        isinstance(entry, dict) and entry.get("type") == "reasoning_text" for entry in content
    ):
        kept["content"] = content


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
