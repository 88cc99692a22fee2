"""What fills a prompt: the parts of its items by name and weight."""

import re
from typing import NamedTuple

import orjson

from app_server.model.cutting import estimated_tokens
from app_server.prompt.contextual import is_contextual_user_text
from protocol.wire import JsonObject, JsonValue

_TAG = re.compile(r"\s*<([a-z_]+(?: [a-z]+)?)>", re.IGNORECASE)
_DOCUMENTS = "# AGENTS.md instructions for "
_MEMORIES = "## Memory"


class PartSize(NamedTuple):
    """What one part of an item weighs, by the name of the section that it is."""

    name: str
    bytes: int

    @property
    def estimated_tokens(self) -> int:
        return estimated_tokens(self.bytes)


class ItemSize(NamedTuple):
    """What one item of the input weighs, and its parts; an item that is no message has none."""

    type: str
    bytes: int
    parts: tuple[PartSize, ...] = ()

    @property
    def estimated_tokens(self) -> int:
        return estimated_tokens(self.bytes)


def item_size(item: JsonObject) -> ItemSize:
    """The weight of an item, and of each of its parts, as compact JSON."""
    role, content = item.get("role"), item.get("content")
    parts = content if item.get("type") == "message" and isinstance(content, list) else []
    return ItemSize(
        str(item.get("type")),
        len(orjson.dumps(item)),
        tuple(PartSize(section_name(role, part), len(orjson.dumps(part))) for part in parts),
    )


def section_name(role: JsonValue, part: JsonValue) -> str:
    """`permissions instructions`, `environment_context`, `AGENTS.md`, …; else `text` or `image`."""
    if not isinstance(part, dict):
        return "unknown"
    text = part.get("text")
    if not isinstance(text, str):
        return str(part.get("type")).removeprefix("input_")
    if role == "user":
        if not is_contextual_user_text(text):
            return "text"
        if text.lstrip().startswith(_DOCUMENTS):
            return "AGENTS.md"
    if role == "developer" and text.startswith(_MEMORIES):
        return "memories"
    tag = _TAG.match(text) if role in ("user", "developer") else None
    return tag[1] if tag else "text"
