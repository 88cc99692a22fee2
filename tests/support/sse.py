"""Events of the Responses API, as an upstream sends them (model-client.md §3)."""

import json
from collections.abc import Iterable

from pydantic import JsonValue

Event = dict[str, JsonValue]


def encode(event: Event) -> bytes:
    """The event as it stands in the stream."""
    return f"event: {event['type']}\ndata: {json.dumps(event)}\n\n".encode()


def created(response_id: str = "resp-1") -> Event:
    return {"type": "response.created", "response": {"id": response_id}}


def message_opened(message_id: str = "msg-1") -> Event:
    item: JsonValue = {"type": "message", "id": message_id, "role": "assistant", "content": []}
    return {"type": "response.output_item.added", "item": item}


def delta(text: str) -> Event:
    return {"type": "response.output_text.delta", "delta": text}


def message_done(text: str, message_id: str = "msg-1") -> Event:
    content: JsonValue = [{"type": "output_text", "text": text}]
    item: JsonValue = {"type": "message", "id": message_id, "role": "assistant", "content": content}
    return {"type": "response.output_item.done", "item": item}


def message(
    text: str = "ok", message_id: str = "msg-1", *, deltas: Iterable[str] | None = None
) -> tuple[Event, ...]:
    """A whole message: opened, streamed (in one piece unless `deltas` says otherwise), done."""
    parts = (text,) if deltas is None else tuple(deltas)
    return (
        created(),
        message_opened(message_id),
        *(delta(part) for part in parts),
        message_done(text, message_id),
    )


def reasoning(summaries: Iterable[Iterable[str]], reasoning_id: str = "rs-1") -> tuple[Event, ...]:
    """A reasoning item whose summary parts are streamed in pieces."""
    parts = tuple(tuple(part) for part in summaries)
    empty: JsonValue = {"type": "reasoning", "id": reasoning_id, "summary": []}
    full: JsonValue = {
        "type": "reasoning",
        "id": reasoning_id,
        "summary": [{"type": "summary_text", "text": "".join(part)} for part in parts],
    }
    events: list[Event] = []
    for index, part in enumerate(parts):
        events.append({"type": "response.reasoning_summary_part.added", "summary_index": index})
        for piece in part:
            event: Event = {"type": "response.reasoning_summary_text.delta", "delta": piece}
            events.append(event | {"summary_index": index})
    return (
        {"type": "response.output_item.added", "item": empty},
        *events,
        {"type": "response.output_item.done", "item": full},
    )


def completed(
    response_id: str = "resp-1", *, input_tokens: int = 10, output_tokens: int = 3, usage: bool = True
) -> Event:
    response: dict[str, JsonValue] = {"id": response_id}
    if usage:
        response["usage"] = {
            "input_tokens": input_tokens,
            "input_tokens_details": {"cached_tokens": 2},
            "output_tokens": output_tokens,
            "output_tokens_details": {"reasoning_tokens": 1},
            "total_tokens": input_tokens + output_tokens,
        }
    return {"type": "response.completed", "response": response}


def failed(code: str, text: str) -> Event:
    return {
        "type": "response.failed",
        "response": {"id": "resp-1", "status": "failed", "error": {"code": code, "message": text}},
    }


def incomplete(reason: str) -> Event:
    return {
        "type": "response.incomplete",
        "response": {"id": "resp-1", "status": "incomplete", "incomplete_details": {"reason": reason}},
    }


def item_done(item: JsonValue) -> Event:
    """Any item, whole."""
    return {"type": "response.output_item.done", "item": item}


def call(name: str, arguments: JsonValue = None, call_id: str = "c1", **more: JsonValue) -> Event:
    """A call of a function; arguments that are no text are written as JSON."""
    text = arguments if isinstance(arguments, str) else json.dumps({} if arguments is None else arguments)
    return item_done({"type": "function_call", "name": name, "arguments": text, "call_id": call_id, **more})
