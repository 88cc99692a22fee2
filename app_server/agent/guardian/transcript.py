"""What was said and done in a thread, as text for the reviewer: numbered, and short enough to be read."""

from collections.abc import Iterable, Iterator, Sequence
from typing import Final

from app_server.model.cutting import cut_middle
from app_server.model.model_info import TruncationPolicy
from app_server.prompt.contextual import is_contextual
from protocol.wire import JsonObject, JsonValue

_ENTRY: Final = TruncationPolicy("bytes", 4_000)
_MOST_BYTES: Final = 60_000
"""Of the whole. What the user said is kept before what was done."""


def transcript(history: Iterable[JsonObject]) -> str:
    """The entries in their order; of too many, the oldest that the user did not say are left out."""
    entries = [(who, cut_middle(text, _ENTRY)) for item in history for who, text in _entry(item)]
    kept = _newest(entries)
    lines = [f"[{number}] {entries[number - 1][0]}: {entries[number - 1][1]}" for number in kept]
    if len(kept) < len(entries):
        lines.insert(0, f"({len(entries) - len(kept)} entries are left out.)")
    return "\n\n".join(lines)


def _newest(entries: Sequence[tuple[str, str]]) -> list[int]:
    """The numbers of the entries that there is room for."""
    room = _MOST_BYTES
    kept: list[int] = []
    numbers = range(len(entries), 0, -1)
    of_user = [number for number in numbers if entries[number - 1][0] == "user"]
    for number in (*of_user, *(number for number in numbers if number not in set(of_user))):
        room -= len(entries[number - 1][1].encode())
        if room < 0:
            break
        kept.append(number)
    return sorted(kept)


def _entry(item: JsonObject) -> Iterator[tuple[str, str]]:
    match item:
        case {"type": "message", "role": "user" | "assistant" as role} if not is_contextual(item):
            yield str(role), _text(item.get("content"))
        case {"type": "function_call", "name": name}:
            yield f"call of {name}", str(item.get("arguments"))
        case {"type": "custom_tool_call", "name": name}:
            yield f"call of {name}", str(item.get("input"))
        case {"type": "function_call_output" | "custom_tool_call_output"}:
            yield "result", _text(item.get("output"))
        case _:
            return


def _text(content: JsonValue) -> str:
    if isinstance(content, str):
        return content
    parts = content if isinstance(content, list) else ()
    return "\n".join(str(part.get("text", "(an image)")) for part in parts if isinstance(part, dict))
