"""Model items as clients see them: texts, reasoning, searches and images that stream in are thread items."""

from app_server.agent.identifiers import new_item_id
from protocol.item import (
    AgentMessageThreadItem,
    ImageGenerationThreadItem,
    ReasoningThreadItem,
    ThreadItem,
    WebSearchThreadItem,
)
from protocol.item_calls import (
    FindInPageWebSearchAction,
    OpenPageWebSearchAction,
    OtherWebSearchAction,
    SearchWebSearchAction,
)
from protocol.item_parts import MessagePhase
from protocol.wire import JsonObject, JsonValue

_ACTIONS = ("search", "open_page", "find_in_page")


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
        case "web_search_call":
            return _web_search(item, shown_id)
        case "image_generation_call":
            return _image(item, shown_id)
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
        case "web_search_call":
            return _web_search(item, _text(item.get("id")) or new_item_id())
        case "image_generation_call":
            return ImageGenerationThreadItem(
                id=_text(item.get("id")) or new_item_id(), status="in_progress", result=""
            )
        case _:
            return None


def search_action(item: JsonObject) -> JsonObject:
    """What a search by the provider did, in the model's spelling; `other` when that is not known."""
    action = item.get("action")
    known = isinstance(action, dict) and action.get("type") in _ACTIONS
    return action if known and isinstance(action, dict) else {"type": "other"}


def _web_search(item: JsonObject, item_id: str) -> WebSearchThreadItem:
    action = search_action(item)
    url, pattern = _text(action.get("url")), _text(action.get("pattern"))
    match action["type"]:
        case "search":
            queries = _strings(action.get("queries"))
            query = _text(action.get("query"))
            return WebSearchThreadItem(
                id=item_id,
                query=query or _first_of(queries or []),
                action=SearchWebSearchAction(query=query, queries=queries),
            )
        case "open_page":
            return WebSearchThreadItem(id=item_id, query=url or "", action=OpenPageWebSearchAction(url=url))
        case "find_in_page":
            quoted = None if pattern is None else f"'{pattern}'"
            return WebSearchThreadItem(
                id=item_id,
                query=" in ".join(one for one in (quoted, url) if one),
                action=FindInPageWebSearchAction(url=url, pattern=pattern),
            )
        case _:
            return WebSearchThreadItem(id=item_id, query="", action=OtherWebSearchAction())


def _image(item: JsonObject, item_id: str) -> ImageGenerationThreadItem:
    return ImageGenerationThreadItem(
        id=item_id,
        status=_text(item.get("status")) or "",
        revised_prompt=_text(item.get("revised_prompt")),
        result=_text(item.get("result")) or "",
    )


def _first_of(queries: list[str]) -> str:
    """Several queries in one line."""
    first = queries[0] if queries else ""
    return f"{first} ..." if first and len(queries) > 1 else first


def _strings(value: JsonValue) -> list[str] | None:
    return [one for one in value if isinstance(one, str)] if isinstance(value, list) else None


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
