"""How many tokens a history takes, estimated from its bytes (model-client.md §7.1)."""

from collections.abc import Iterable, Sequence
from typing import Final

import orjson

from app_server.prompt.contextual import is_user_turn
from app_server.prompt.items import wire_form
from app_server.prompt.truncation import estimated_tokens
from protocol.wire import JsonObject, JsonValue

_IMAGE_BYTES: Final = 7373
"""What a picture counts for: models scale it down, so the size of its data says nothing."""
_CIPHER_OVERHEAD: Final = 650
_MODEL_MADE: Final = frozenset(
    {
        *("reasoning", "function_call", "custom_tool_call", "local_shell_call", "tool_search_call"),
        *("web_search_call", "image_generation_call", "compaction"),
    }
)


def item_tokens(item: JsonObject) -> int:
    """What one item of the history takes."""
    encrypted = item.get("encrypted_content")
    if item.get("type") in ("reasoning", "compaction") and isinstance(encrypted, str):
        return estimated_tokens(max(0, len(encrypted) * 3 // 4 - _CIPHER_OVERHEAD))
    saved = sum(len(url) - _IMAGE_BYTES for url in _inline_images(item))
    return estimated_tokens(max(0, len(_json(wire_form(item))) - saved))


def history_tokens(items: Iterable[JsonObject], instructions: str) -> int:
    """What the history takes together with the base instructions."""
    base = estimated_tokens(len(instructions.encode("utf-8", "replace")))
    return base + sum(map(item_tokens, items))


def tokens_since_answer(items: Sequence[JsonObject], *, reasoning_counted: bool) -> int:
    """What was added since the model's last item, and so is in no reported usage yet.

    Unless the provider counts it, the encrypted reasoning of earlier turns is added too.
    """
    last = next((place for place in range(len(items) - 1, -1, -1) if _is_model_made(items[place])), None)
    added = 0 if last is None else sum(map(item_tokens, items[last + 1 :]))
    return added if reasoning_counted else added + _earlier_reasoning(items)


def _earlier_reasoning(items: Sequence[JsonObject]) -> int:
    said = next((place for place in range(len(items) - 1, -1, -1) if is_user_turn(items[place])), 0)
    return sum(
        item_tokens(item)
        for item in items[:said]
        if item.get("type") == "reasoning" and item.get("encrypted_content") is not None
    )


def _is_model_made(item: JsonObject) -> bool:
    kind = item.get("type")
    return kind in _MODEL_MADE or (kind == "message" and item.get("role") == "assistant")


def _json(item: JsonObject) -> bytes:
    try:
        return orjson.dumps(item)
    except TypeError:  # a lone surrogate from outside: the estimate need not be better than this
        return repr(item).encode("utf-8", "replace")


def _inline_images(item: JsonObject) -> Iterable[str]:
    for key in ("content", "output"):
        parts: JsonValue = item.get(key)
        for part in parts if isinstance(parts, list) else ():
            if (
                isinstance(part, dict)
                and part.get("type") == "input_image"
                and isinstance(url := part.get("image_url"), str)
                and url.startswith("data:")
            ):
                yield url
