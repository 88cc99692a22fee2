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

_CallIds = dict[str, set[str]]
"""By the kind of the output."""


def for_prompt(items: Iterable[JsonObject], modalities: Collection[str]) -> list[JsonObject]:
    """A repaired copy of the recorded items, for a model with these input modalities.

    Items that need no repair are passed on themselves: a long history costs one look at each of them.
    """
    repaired = list(items)
    calls, outputs = _pairing(repaired)
    if calls != outputs:
        repaired = _with_missing_outputs(repaired, outputs)
        repaired = [item for item in repaired if not _is_orphan(item, calls)]
    if "image" not in modalities:
        repaired = [_without_images(item) for item in repaired]
    return repaired


def _pairing(items: Iterable[JsonObject]) -> tuple[_CallIds, _CallIds]:
    """The outputs that are asked for by calls, and those that are there."""
    calls: _CallIds = {kind: set() for kind in _OUTPUTS}
    outputs: _CallIds = {kind: set() for kind in _OUTPUTS}
    for item in items:
        kind = item.get("type")
        if kind not in _PAIRED or not isinstance(call_id := item.get("call_id"), str):
            continue
        if kind in _OUTPUTS:
            outputs[kind].add(call_id)
        else:
            calls[_OUTPUT_OF[kind]].add(call_id)
    return calls, outputs


def _with_missing_outputs(items: Sequence[JsonObject], outputs: _CallIds) -> list[JsonObject]:
    """An output right after each call that has none; one anywhere counts, even before the call."""
    complete: list[JsonObject] = []
    for item in items:
        complete.append(item)
        kind, call_id = item.get("type"), item.get("call_id")
        output = _OUTPUT_OF.get(kind) if isinstance(kind, str) else None
        if output is not None and isinstance(call_id, str) and call_id not in outputs[output]:
            complete.append(_aborted_output(output, call_id))
    return complete


def _aborted_output(kind: str, call_id: str) -> JsonObject:
    if kind == "tool_search_output":
        return {"type": kind, "call_id": call_id, "status": "completed", "execution": "client", "tools": []}
    return {"type": kind, "call_id": call_id, "output": ABORTED}


def _is_orphan(item: JsonObject, calls: _CallIds) -> bool:
    """An output whose call is not in the list; a search that the server ran needs no call."""
    kind, call_id = item.get("type"), item.get("call_id")
    if not isinstance(kind, str) or kind not in _OUTPUTS or not isinstance(call_id, str):
        return False
    if call_id in calls[kind]:
        return False
    return not (kind == "tool_search_output" and item.get("execution") == "server")


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
