"""What the offline provider answers: parts that are sent one after the other, and what they are made of."""

from collections.abc import AsyncGenerator, Iterator, Mapping, Sequence
from types import MappingProxyType
from typing import Final, Literal, NamedTuple

from protocol.wire import JsonObject

TERMINAL_EVENTS: Final = frozenset({"response.completed", "response.failed", "response.incomplete"})


class Event(NamedTuple):
    """One server-sent event."""

    data: JsonObject


class Raw(NamedTuple):
    """Bytes that go out as they are: a comment, half an event, junk."""

    data: bytes


class Pause(NamedTuple):
    """Silence in the middle of an answer."""

    seconds: float


class Break(NamedTuple):
    """The end before the end: the connection is closed, or stays open and silent."""

    kind: Literal["cut", "hang"]


Part = Event | Raw | Pause | Break


class ToolCall(NamedTuple):
    """A call that the model makes: of a function with JSON arguments, or of a custom tool with free text."""

    name: str
    arguments: str
    custom: bool = False


class Reply(NamedTuple):
    """One answer. With `body` it is no stream but just that; else `parts` are streamed."""

    parts: Sequence[Part] = ()
    status: int = 200
    headers: Mapping[str, str] = MappingProxyType({})
    body: bytes | None = None
    delay: float = 0.0
    """Seconds before the first byte."""
    live: AsyncGenerator[bytes] | None = None
    """In place of `parts`: bytes that are passed on as they come."""


def message(text: str, *, serial: str, deltas: int | None = None) -> Iterator[Part]:
    """An assistant message, streamed word by word or in so many deltas of about equal length."""
    item: JsonObject = {"type": "message", "role": "assistant", "id": f"msg_{serial}", "content": []}
    yield Event({"type": "response.output_item.added", "item": item})
    for piece in _words(text) if deltas is None else _pieces(text, deltas):
        yield Event({"type": "response.output_text.delta", "item_id": f"msg_{serial}", "delta": piece})
    yield Event(
        {
            "type": "response.output_item.done",
            "item": {**item, "content": [{"type": "output_text", "text": text}]},
        }
    )


def reasoning(parts: Sequence[str], *, serial: str) -> Iterator[Part]:
    """A reasoning item with a summary of so many parts."""
    item: JsonObject = {"type": "reasoning", "id": f"rs_{serial}", "summary": []}
    yield Event({"type": "response.output_item.added", "item": item})
    for index, text in enumerate(parts):
        yield Event({"type": "response.reasoning_summary_part.added", "summary_index": index})
        for piece in _words(text):
            yield Event(
                {"type": "response.reasoning_summary_text.delta", "delta": piece, "summary_index": index}
            )
    summary: JsonObject = {
        "summary": [{"type": "summary_text", "text": text} for text in parts],
        "encrypted_content": f"offline-{serial}",
    }
    yield Event({"type": "response.output_item.done", "item": {**item, **summary}})


def tool_call(call: ToolCall, *, serial: str) -> Iterator[Part]:
    """A finished call; what it needs next is the next request's business."""
    item: JsonObject = {
        "type": "custom_tool_call" if call.custom else "function_call",
        "id": f"fc_{serial}",
        "call_id": f"call_{serial}",
        "name": call.name,
        ("input" if call.custom else "arguments"): call.arguments,
    }
    yield Event({"type": "response.output_item.added", "item": item})
    yield Event({"type": "response.output_item.done", "item": item})


def created(serial: str) -> Event:
    """The first event of an answer."""
    return Event({"type": "response.created", "response": {"id": f"resp_{serial}"}})


def completed(serial: str, *, input_tokens: int, output_tokens: int, end_turn: bool | None = None) -> Event:
    """The last event of a whole answer."""
    response: JsonObject = {
        "id": f"resp_{serial}",
        "usage": {
            "input_tokens": input_tokens,
            "input_tokens_details": {"cached_tokens": 0},
            "output_tokens": output_tokens,
            "output_tokens_details": {"reasoning_tokens": 0},
            "total_tokens": input_tokens + output_tokens,
        },
    }
    if end_turn is not None:
        response["end_turn"] = end_turn
    return Event({"type": "response.completed", "response": response})


def failed(serial: str, code: str, text: str) -> Event:
    """The last event of an answer that failed."""
    response: JsonObject = {"id": f"resp_{serial}", "error": {"code": code, "message": text}}
    return Event({"type": "response.failed", "response": response})


def incomplete(serial: str, reason: str) -> Event:
    """The last event of an answer that stopped early."""
    response: JsonObject = {"id": f"resp_{serial}", "incomplete_details": {"reason": reason}}
    return Event({"type": "response.incomplete", "response": response})


def refusal(status: int, text: str, *, kind: str = "offline_error") -> Reply:
    """An HTTP error in the shape that providers use."""
    from app_server.model.lenient_json import dumps

    return Reply(
        status=status,
        headers={"content-type": "application/json"},
        body=dumps({"error": {"type": kind, "message": text}}),
    )


def _words(text: str) -> Iterator[str]:
    """The words of a text, each with the white space after it; together they are the text."""
    start = 0
    for end in range(1, len(text)):
        if text[end - 1].isspace() and not text[end].isspace():
            yield text[start:end]
            start = end
    if text:
        yield text[start:]


def _pieces(text: str, count: int) -> Iterator[str]:
    """The text in exactly `count` pieces; a short text is repeated so that each piece has something."""
    if len(text) < count:
        for index in range(count):
            yield text[index % len(text)] if text else "x"
        return
    for index in range(count):
        yield text[len(text) * index // count : len(text) * (index + 1) // count]
