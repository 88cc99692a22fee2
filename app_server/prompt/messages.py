"""The message items that the prompt is made of: one role, and an ordered list of text parts."""

from collections.abc import Iterable
from typing import Literal

from protocol.wire import JsonObject, JsonValue

Role = Literal["developer", "user", "assistant"]


def text_part(text: str) -> JsonObject:
    return {"type": "input_text", "text": text}


def message(role: Role, parts: Iterable[JsonObject]) -> JsonObject:
    """A message item; its keys stand in the order in which the reference prints them."""
    content: list[JsonValue] = list(parts)
    return {"type": "message", "role": role, "content": content}


def text_message(role: Role, texts: Iterable[str]) -> JsonObject:
    """A message whose every text is a part of its own: sections are never glued into one string."""
    return message(role, [text_part(text) for text in texts])
