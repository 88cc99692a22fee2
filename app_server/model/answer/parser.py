"""One JSON event of a Responses stream → ResponseEvent (model-client.md §3.1).

Only the `type` inside the JSON counts. What is unknown, or lacks what its type needs, is skipped, so that a
newer provider never fails a turn (promise U6).
"""

from collections.abc import Callable, Mapping
from typing import Final

import orjson

from app_server.model import errors
from app_server.model.answer.events import (
    Completed,
    Created,
    CustomToolInputDelta,
    ItemAdded,
    ItemDone,
    ReasoningPartAdded,
    ReasoningSummaryDelta,
    ReasoningTextDelta,
    ResponseEvent,
    ServerModel,
    TextDelta,
    TokenUsage,
    Verification,
)
from app_server.model.answer.items import is_valid_item
from app_server.model.lenient_json import loads
from protocol.wire import JsonObject, JsonValue

_MODEL_HEADERS: Final = ("openai-model", "x-openai-model")
_MOST: Final = 2**53
"""No real count is as great; its sums stay within what clients can read."""
_VERIFICATIONS: Final = {"trusted_access_for_cyber": "trustedAccessForCyber"}


def parse_event(data: bytes, out: list[ResponseEvent]) -> None:
    """Append what the event means to `out`.

    Raises ModelError for the events that end a response as failed: nothing that follows is of interest.
    """
    try:
        event = orjson.loads(data)
    except orjson.JSONDecodeError:
        event = loads(data)
    if not isinstance(event, dict):
        return
    kind = event.get("type")  # pyright: ignore[reportUnknownVariableType, reportUnknownMemberType]  # orjson gives Any
    if kind == "response.output_text.delta":  # by far the most frequent
        text = event.get("delta")  # pyright: ignore[reportUnknownVariableType, reportUnknownMemberType]  # as above
        if isinstance(text, str) and text:
            out.append(TextDelta(text))
        return
    _parse_other(event, out)  # pyright: ignore[reportUnknownArgumentType]  # as above


def _parse_other(event: JsonObject, out: list[ResponseEvent]) -> None:
    slug = _server_model(event)
    if slug is not None:
        out.append(ServerModel(slug))
    kind = event.get("type")
    parser = _PARSERS.get(kind) if isinstance(kind, str) else None
    parsed = parser(event) if parser is not None else None
    if parsed is not None:
        out.append(parsed)


def _created(event: JsonObject) -> ResponseEvent | None:
    return Created() if event.get("response") is not None else None


def _item_added(event: JsonObject) -> ResponseEvent | None:
    item = event.get("item")
    return ItemAdded(item) if isinstance(item, dict) and is_valid_item(item) else None


def _item_done(event: JsonObject) -> ResponseEvent | None:
    item = event.get("item")
    return ItemDone(item) if isinstance(item, dict) and is_valid_item(item) else None


def _part_added(event: JsonObject) -> ResponseEvent | None:
    index = _index(event.get("summary_index"))
    return None if index is None else ReasoningPartAdded(index)


def _summary_delta(event: JsonObject) -> ResponseEvent | None:
    text, index = event.get("delta"), _index(event.get("summary_index"))
    return ReasoningSummaryDelta(text, index) if isinstance(text, str) and index is not None else None


def _reasoning_delta(event: JsonObject) -> ResponseEvent | None:
    text, index = event.get("delta"), _index(event.get("content_index"))
    return ReasoningTextDelta(text, index) if isinstance(text, str) and index is not None else None


def _custom_input_delta(event: JsonObject) -> ResponseEvent | None:
    text, item_id, call_id = event.get("delta"), _text(event.get("item_id")), _text(event.get("call_id"))
    if not isinstance(text, str) or (item_id is None and call_id is None):
        return None
    return CustomToolInputDelta(text, item_id, call_id)


def _completed(event: JsonObject) -> ResponseEvent | None:
    response = event.get("response")
    if not isinstance(response, dict):
        return None
    response_id = response.get("id")
    if not isinstance(response_id, str):
        raise errors.disconnected("failed to parse ResponseCompleted: missing field `id`")
    end_turn = response.get("end_turn")
    return Completed(
        response_id, _usage(response.get("usage")), end_turn if isinstance(end_turn, bool) else None
    )


def _failed(event: JsonObject) -> ResponseEvent | None:
    response = event.get("response")
    raise errors.failed(response.get("error") if isinstance(response, dict) else None)


def _incomplete(event: JsonObject) -> ResponseEvent | None:
    raise errors.incomplete(_text(_at(event, "response", "incomplete_details", "reason")))


def _metadata(event: JsonObject) -> ResponseEvent | None:
    wanted = _at(event, "metadata", "openai_verification_recommendation")
    names = wanted if isinstance(wanted, list) else [wanted]
    known = tuple(_VERIFICATIONS[name] for name in names if isinstance(name, str) and name in _VERIFICATIONS)
    return Verification(known) if known else None


_PARSERS: Final[Mapping[str, Callable[[JsonObject], ResponseEvent | None]]] = {
    "response.created": _created,
    "response.output_item.added": _item_added,
    "response.output_item.done": _item_done,
    "response.reasoning_summary_part.added": _part_added,
    "response.reasoning_summary_text.delta": _summary_delta,
    "response.reasoning_text.delta": _reasoning_delta,
    "response.custom_tool_call_input.delta": _custom_input_delta,
    "response.completed": _completed,
    "response.failed": _failed,
    "response.incomplete": _incomplete,
    "response.metadata": _metadata,
}


def _usage(value: JsonValue) -> TokenUsage | None:
    """Counts that are missing or odd are zero: a strange usage must not fail an answer that is complete."""
    if not isinstance(value, dict):
        return None
    return TokenUsage(
        input_tokens=_count(value.get("input_tokens")),
        cached_input_tokens=_count(_at(value, "input_tokens_details", "cached_tokens")),
        output_tokens=_count(value.get("output_tokens")),
        reasoning_output_tokens=_count(_at(value, "output_tokens_details", "reasoning_tokens")),
        total_tokens=_count(value.get("total_tokens")),
    )


def _server_model(event: JsonObject) -> str | None:
    for headers in (_at(event, "response", "headers"), event.get("headers")):
        if not isinstance(headers, dict):
            continue
        for name, value in headers.items():
            first = value[0] if isinstance(value, list) and value else value
            if name.lower() in _MODEL_HEADERS and isinstance(first, str) and first:
                return first
    return None


def _at(value: JsonValue, *path: str) -> JsonValue:
    for key in path:
        if not isinstance(value, dict):
            return None
        value = value.get(key)
    return value


def _count(value: JsonValue) -> int:
    return int(value) if isinstance(value, (int, float)) and abs(value) < _MOST else 0


def _index(value: JsonValue) -> int | None:
    if not isinstance(value, int) or isinstance(value, bool):
        return None
    return value if 0 <= value < _MOST else None


def _text(value: JsonValue) -> str | None:
    return value if isinstance(value, str) else None
