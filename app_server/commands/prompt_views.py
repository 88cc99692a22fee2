"""A prompt for a person's eyes: what fills it as a tree, and how it differs from an earlier one."""

import difflib
from collections.abc import Iterator, Sequence

from app_server.model.cutting import estimated_tokens
from app_server.prompt.sections import ItemSize, item_size, section_name
from protocol.wire import JsonObject, JsonValue

_WIDTH = 46
_EXCERPT = 24


def tree(items: Sequence[JsonObject], instructions: str) -> str:
    """Each item and its parts with bytes and estimated tokens; then the sum of it all."""
    sizes = [item_size(item) for item in items]
    base = len(instructions.encode())
    lines = [_line("instructions (outside of the list)", base)]
    for item, size in zip(items, sizes, strict=True):
        lines.append(_line(_title(item, size), size.bytes))
        lines += _branches(item, size)
    lines.append(_line("total", base + sum(size.bytes for size in sizes)))
    return "\n".join(lines) + "\n"


def differences(before: Sequence[JsonObject], after: Sequence[JsonObject], name: str) -> str:
    """The two lists line by line as a unified diff; empty when they are the same.

    `name` is what the diff calls the first one.
    """
    lines = difflib.unified_diff([*_readable(before)], [*_readable(after)], name, "now", lineterm="", n=2)
    return "".join(f"{line}\n" for line in lines)


def printed_list(value: JsonValue) -> list[JsonObject]:
    """The items of what `debug prompt-input` or `debug/buildPromptInput` answered. Raises ValueError."""
    items = value.get("input") if isinstance(value, dict) else value
    if not isinstance(items, list) or not all(isinstance(item, dict) for item in items):
        raise ValueError("not a list of input items")
    return [item for item in items if isinstance(item, dict)]


def _title(item: JsonObject, size: ItemSize) -> str:
    return str(item.get("role")) if size.type == "message" else size.type


def _branches(item: JsonObject, size: ItemSize) -> Iterator[str]:
    content = item.get("content")
    parts = content if isinstance(content, list) else []
    for number, (part, weight) in enumerate(zip(parts, size.parts, strict=False), start=1):
        branch = "└─" if number == len(size.parts) else "├─"
        yield _line(f"  {branch} {_named(weight.name, part)}", weight.bytes)


def _named(name: str, part: JsonValue) -> str:
    """The name, and of a plain text how it begins."""
    text = part.get("text") if isinstance(part, dict) else None
    if name != "text" or not isinstance(text, str):
        return name
    words = " ".join(text.split())
    return f'text "{words[:_EXCERPT]}{"…" if len(words) > _EXCERPT else ""}"'


def _line(title: str, size: int) -> str:
    return f"{title:<{_WIDTH}}{size:>10,} bytes {estimated_tokens(size):>9,} tokens"


def _readable(items: Sequence[JsonObject]) -> Iterator[str]:
    """Texts line by line under the names of their sections; everything else as JSON."""
    for item in items:
        content = item.get("content")
        if item.get("type") != "message" or not isinstance(content, list):
            yield _json(item)
            continue
        yield f"[{item.get('role')}]"
        for part in content:
            text = part.get("text") if isinstance(part, dict) else None
            yield f"  [{section_name(item.get('role'), part)}]"
            lines = text.split("\n") if isinstance(text, str) else [_json(part)]
            yield from (f"    {line}" for line in lines)


def _json(value: JsonValue) -> str:
    import orjson

    return orjson.dumps(value).decode()
