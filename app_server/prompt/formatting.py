"""The last touch on the input list: outputs of freeform patch and shell calls become readable text.

A structured output is JSON with an exit code and a duration. A model that edits with the freeform patch tool
was taught the plain layout instead, so for it the JSON is rewritten (prompt-input.md §8).
"""

import re
import struct
from collections.abc import Iterable, Mapping, Sequence

import orjson

from protocol.wire import JsonObject, JsonValue

_FUNCTIONS = ("shell", "apply_patch")
_CUSTOM_TOOLS = ("apply_patch",)
_CALLS = ("function_call", "custom_tool_call", "local_shell_call")
_OUTPUTS = ("function_call_output", "custom_tool_call_output")


def format_input(items: Sequence[JsonObject], tools: Iterable[Mapping[str, JsonValue]]) -> list[JsonObject]:
    """The items as they are sent; rewritten only when the tools hold the custom tool `apply_patch`."""
    if not any(tool.get("type") == "custom" and tool.get("name") == "apply_patch" for tool in tools):
        return list(items)
    formatted = list(items)
    waiting: set[str] = set()
    for index, item in enumerate(formatted):
        kind = item.get("type")
        if kind in _CALLS:
            if (call_id := _structured_call(item)) is not None:
                waiting.add(call_id)
        elif waiting and kind in _OUTPUTS:
            formatted[index] = _rewritten(item, waiting)
    return formatted


def _structured_call(item: JsonObject) -> str | None:
    """The call id under which a structured output will come back, if this item is such a call."""
    kind, call_id = item["type"], item.get("call_id")
    if kind == "local_shell_call":
        call_id = call_id if isinstance(call_id, str) else item.get("id")
    elif item.get("name") not in (_FUNCTIONS if kind == "function_call" else _CUSTOM_TOOLS):
        return None
    return call_id if isinstance(call_id, str) else None


def _rewritten(item: JsonObject, waiting: set[str]) -> JsonObject:
    call_id, output = item.get("call_id"), item.get("output")
    if not isinstance(call_id, str) or call_id not in waiting or not isinstance(output, str):
        return item
    waiting.discard(call_id)  # only the first output of a call is rewritten
    text = readable_output(output)
    return item if text is None else {**item, "output": text}


def readable_output(output: str) -> str | None:
    """The plain layout of a structured output; None when the text is not one."""
    try:
        parsed: JsonValue = orjson.loads(output)
    except ValueError:
        return None
    match parsed:
        case {
            "output": str(text),
            "metadata": {"exit_code": int(code), "duration_seconds": int() | float() as seconds},
        }:
            pass
        case _:
            return None
    if isinstance(code, bool) or isinstance(seconds, bool) or not -(2**31) <= code < 2**31:
        return None
    duration = shortest_float32(seconds)
    if duration is None:
        return None
    lines = [f"Exit code: {code}", f"Wall time: {duration} seconds"]
    if counted := re.match(r"Total output lines: (\d+)\n\n?", text):
        lines.append(f"Total output lines: {counted[1]}")
        text = text[counted.end() :]
    return "\n".join([*lines, "Output:", text])


def shortest_float32(value: float) -> str | None:
    """The fewest digits that name the same 32-bit float, no exponent, no trailing `.0`; None if too large."""
    from decimal import Decimal  # such outputs are rare

    packed = _packed(value)
    if packed is None:
        return None
    rounded: float = struct.unpack("<f", packed)[0]
    candidates = (f"{rounded:.{precision}g}" for precision in range(1, 10))
    digits = next(digits for digits in candidates if _packed(float(digits)) == packed)  # nine always do
    plain = format(Decimal(digits), "f")
    return plain.rstrip("0").rstrip(".") if "." in plain else plain


def _packed(value: float) -> bytes | None:
    try:
        return struct.pack("<f", value)
    except OverflowError:
        return None
