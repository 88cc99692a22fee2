"""Model items as clients see them: the text and reasoning that stream in become thread items."""

from app_server.agent.identifiers import new_item_id
from protocol.item import AgentMessageThreadItem, ReasoningThreadItem, ThreadItem
from protocol.item_parts import MessagePhase
from protocol.wire import JsonObject, JsonValue


def thread_item(item: JsonObject, item_id: str | None, *, raw_reasoning: bool) -> ThreadItem | None:
    """The thread item that a model's output item stands for, or None when it shows nothing to clients.

    `item_id` is that of the item when clients have seen it start already. Raw reasoning is shown only where
    the configuration asks for it.
    """
    shown_id = item_id or _text(item.get("id")) or new_item_id()
    match item.get("type"):
        case "message" if item.get("role") == "assistant":
            return AgentMessageThreadItem(
                id=shown_id,
                text="".join(_texts(item.get("content"), "output_text")),
                phase=_phase(item.get("phase")),
            )
        case "reasoning":
            content = _texts(item.get("content"), "reasoning_text", "text") if raw_reasoning else []
            return ReasoningThreadItem(
                id=shown_id, summary=_texts(item.get("summary"), "summary_text"), content=content
            )
        case _:
            return None


def opened_item(item: JsonObject) -> ThreadItem | None:
    """The same item at its start, when nothing of it has streamed in yet."""
    match item.get("type"):
        case "message" if item.get("role") == "assistant":
            return AgentMessageThreadItem(
                id=_text(item.get("id")) or new_item_id(), text="", phase=_phase(item.get("phase"))
            )
        case "reasoning":
            return ReasoningThreadItem(id=_text(item.get("id")) or new_item_id(), summary=[], content=[])
        case _:
            return None


def _text(value: JsonValue) -> str | None:
    return value if isinstance(value, str) and value else None


def _phase(value: JsonValue) -> MessagePhase | None:
    """A phase that we do not know is shown as none: a newer model must not end the turn."""
    match value:
        case "commentary" | "partial_answer" | "final_answer":
            return value
        case _:
            return None


def _texts(parts: JsonValue, *kinds: str) -> list[str]:
    """The texts of the parts of these kinds, in order."""
    return [
        text
        for part in (parts if isinstance(parts, list) else ())
        if isinstance(part, dict) and part.get("type") in kinds and isinstance(text := part.get("text"), str)
    ]
