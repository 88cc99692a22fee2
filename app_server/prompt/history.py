"""The history as a model can take it: calls answered, no answer without its call, no image it cannot see.

`for_prompt` works on a copy; the recorded history itself is never repaired (prompt-input.md §7.4).
"""

from collections.abc import Collection, Iterable, Sequence

from protocol.wire import JsonObject, JsonValue

ABORTED = "aborted"
IMAGE_OMITTED = "image content omitted because you do not support image input"

_OUTPUT_OF = {
    "function_call": "function_call_output",
    "local_shell_call": "function_call_output",
    "custom_tool_call": "custom_tool_call_output",
    "tool_search_call": "tool_search_output",
}
_OUTPUTS = frozenset(_OUTPUT_OF.values())
_PAIRED = _OUTPUTS.union(_OUTPUT_OF)


def for_prompt(items: Iterable[JsonObject], modalities: Collection[str]) -> list[JsonObject]:
    """A repaired copy of the recorded items, for a model with these input modalities."""
    repaired = list(items)
    paired = [item for item in repaired if item.get("type") in _PAIRED]
    calls = {key for item in paired if (key := _answer_of(item)) is not None}
    outputs = {key for item in paired if (key := _output_key(item)) is not None}
    if calls - outputs:
        repaired = _with_missing_outputs(repaired, outputs)
    if outputs - calls:
        repaired = [item for item in repaired if not _is_orphan(item, calls)]
    if "image" not in modalities:
        repaired = [_without_images(item) for item in repaired]
    return repaired


def _answer_of(item: JsonObject) -> tuple[str, str] | None:
    """The kind and call id of the output that this item, being a call, asks for."""
    kind, call_id = item.get("type"), item.get("call_id")
    output = _OUTPUT_OF.get(kind) if isinstance(kind, str) else None
    return (output, call_id) if output is not None and isinstance(call_id, str) else None


def _output_key(item: JsonObject) -> tuple[str, str] | None:
    kind, call_id = item.get("type"), item.get("call_id")
    return (
        (kind, call_id) if isinstance(kind, str) and kind in _OUTPUTS and isinstance(call_id, str) else None
    )


def _with_missing_outputs(
    items: Sequence[JsonObject], outputs: Collection[tuple[str, str]]
) -> list[JsonObject]:
    """An output right after each call that has none; one anywhere counts, even before the call."""
    complete: list[JsonObject] = []
    for item in items:
        complete.append(item)
        key = _answer_of(item)
        if key is not None and key not in outputs:
            complete.append(_aborted_output(*key))
    return complete


def _aborted_output(kind: str, call_id: str) -> JsonObject:
    if kind == "tool_search_output":
        return {"type": kind, "call_id": call_id, "status": "completed", "execution": "client", "tools": []}
    return {"type": kind, "call_id": call_id, "output": ABORTED}


def _is_orphan(item: JsonObject, calls: Collection[tuple[str, str]]) -> bool:
    """An output whose call is not in the list; a search that the server ran needs no call."""
    key = _output_key(item)
    if key is None or key in calls:
        return False
    return not (key[0] == "tool_search_output" and item.get("execution") == "server")


def _without_images(item: JsonObject) -> JsonObject:
    """The same item with a sentence in the place of each picture; the tags around it stay."""
    match item:
        case {"type": "message", "content": list(parts)} if _has_image(parts):
            return {**item, "content": _replaced(parts)}
        case {"type": "function_call_output" | "custom_tool_call_output", "output": list(parts)} if (
            _has_image(parts)
        ):
            return {**item, "output": _replaced(parts)}
        case {"type": "image_generation_call"}:
            return {**item, "result": ""}
        case _:
            return item


def _is_image(part: JsonValue) -> bool:
    return isinstance(part, dict) and part.get("type") == "input_image"


def _has_image(parts: Sequence[JsonValue]) -> bool:
    return any(_is_image(part) for part in parts)


def _replaced(parts: Sequence[JsonValue]) -> list[JsonValue]:
    return [{"type": "input_text", "text": IMAGE_OMITTED} if _is_image(part) else part for part in parts]
