"""The history that takes the place of a long one (model-client.md §7.2, §7.3)."""

from collections.abc import Iterable, Sequence
from typing import Final

from app_server.model.model_info import TruncationPolicy
from app_server.prompt.contextual import is_contextual, is_user_turn
from app_server.prompt.estimate import history_tokens
from app_server.prompt.messages import text_message
from app_server.prompt.texts import template
from app_server.prompt.truncation import cut_middle, estimated_tokens
from protocol.wire import JsonObject

_USER_TOKENS: Final = 20_000
"""How much of what the user said stays, the newest first."""
_NO_SUMMARY: Final = "(no summary available)"
MARKS: Final = frozenset({"compaction", "context_compaction"})
"""Items that stand for all that was before them."""
_OUTPUTS: Final = frozenset({"function_call_output", "custom_tool_call_output", "tool_search_output"})
_PICTURE_BEGINS: Final = ("<image>", "<image name=")
_PICTURE_ENDS: Final = "</image>"


def compaction_request(replacement: str | None) -> JsonObject:
    """The message that asks the model for a summary; `replacement` is the configuration's own text."""
    return text_message("user", [replacement or template("compact_prompt")])


def summary_text(summary: str | None) -> str:
    """A summary as the next model reads it."""
    return f"{template('compact_summary_prefix')}\n{summary or _NO_SUMMARY}"


def last_answer(items: Sequence[JsonObject]) -> str | None:
    """The newest text of the model."""
    for item in reversed(items):
        if item.get("type") == "message" and item.get("role") == "assistant" and (text := _text(item)):
            return text
    return None


def summarised(items: Iterable[JsonObject], summary: str) -> list[JsonObject]:
    """What the user said last, as far as it is not too much, and then the summary."""
    kept: list[JsonObject] = []
    left = _USER_TOKENS
    for text in reversed([text for item in items if (text := _said(item)) is not None]):
        if left <= 0:
            break
        tokens = estimated_tokens(len(text.encode("utf-8", "surrogatepass")))
        fitting = text if tokens <= left else cut_middle(text, TruncationPolicy("tokens", left))
        kept.insert(0, text_message("user", [fitting]))
        left -= tokens
    return [*kept, text_message("user", [summary])]


def kept_of_answer(output: Iterable[JsonObject]) -> list[JsonObject]:
    """What stays of the history that a provider gives back: no context, no calls, no reasoning."""
    return [item for item in output if _stays(item)]


def with_context(items: Sequence[JsonObject], context: Sequence[JsonObject]) -> list[JsonObject]:
    """The context before what the user said last, so that what matters most stays at the end."""
    place = _context_place(items)
    return [*items[:place], *context, *items[place:]]


def fitted(items: Sequence[JsonObject], instructions: str, window: int | None) -> list[JsonObject]:
    """The history without the newest tool outputs and context that the window has no room for.

    A window of None has room for everything.
    """
    kept: list[JsonObject] = list(items)
    tokens = history_tokens(kept, instructions)
    while window is not None and tokens > window and kept and _is_ours(kept[-1]):
        gone = kept.pop()
        call_id = gone.get("call_id")
        if gone.get("type") in _OUTPUTS and call_id is not None:
            kept = [item for item in kept if item.get("call_id") != call_id]
        tokens = history_tokens(kept, instructions)
    return kept


def without_oldest(items: Sequence[JsonObject]) -> list[JsonObject]:
    """The history without its oldest item, and without the other half of a call."""
    call_id = items[0].get("call_id") if items else None
    return [item for item in items[1:] if call_id is None or item.get("call_id") != call_id]


def _context_place(items: Sequence[JsonObject]) -> int:
    said = [place for place, item in enumerate(items) if is_user_turn(item)]
    real = [place for place in said if not _is_summary(items[place])]
    marks = [place for place, item in enumerate(items) if item.get("type") in MARKS]
    return next((places[-1] for places in (real, said, marks) if places), len(items))


def _said(item: JsonObject) -> str | None:
    """What the user said, which may be nothing, as with a picture alone; None where no user said anything."""
    return _text(item) if is_user_turn(item) and not _is_summary(item) else None


def _is_summary(item: JsonObject) -> bool:
    return _text(item).startswith(template("compact_summary_prefix"))


def _stays(item: JsonObject) -> bool:
    match item.get("type"), item.get("role"):
        case "message", "user":
            return not is_contextual(item) or "<hook_prompt" in _text(item)
        case "message", "assistant":
            return True
        case kind, _:
            return kind in MARKS


def _is_ours(item: JsonObject) -> bool:
    return item.get("type") in _OUTPUTS or (item.get("type") == "message" and item.get("role") == "developer")


def _text(item: JsonObject) -> str:
    """The texts of a message, without the tags around its pictures."""
    content = item.get("content")
    parts = [part for part in content if isinstance(part, dict)] if isinstance(content, list) else []
    return "".join(
        text
        for place, part in enumerate(parts)
        if isinstance(text := part.get("text"), str) and not _is_tag(text, parts, place)
    )


def _is_tag(text: str, parts: Sequence[JsonObject], place: int) -> bool:
    """Whether a text only says where a picture begins or ends; a user may write the same."""
    if text == _PICTURE_ENDS:
        return place > 0 and parts[place - 1].get("type") == "input_image"
    if not text.startswith(_PICTURE_BEGINS):
        return False
    return place + 1 < len(parts) and parts[place + 1].get("type") == "input_image"
