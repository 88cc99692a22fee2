"""Sending only what is new on a websocket that knows the rest (model-client.md §5.4)."""

from collections.abc import Sequence
from typing import NamedTuple

from protocol.wire import JsonObject, JsonValue

_VARYING = ("input", "client_metadata")


class Answered(NamedTuple):
    """The previous request on a socket, and what came of it."""

    fields: JsonObject
    response_id: str
    produced: Sequence[JsonObject]


def increment(previous: Answered | None, fields: JsonObject) -> JsonObject:
    """The members to send: all of them, or a pointer to the previous response and the rest of the input."""
    rest = None if previous is None else _rest(previous, fields)
    if previous is None or rest is None:
        return fields
    return {**fields, "previous_response_id": previous.response_id, "input": rest}


def _rest(previous: Answered, fields: JsonObject) -> list[JsonValue] | None:
    """The input after all that the socket knows; None when it is not a continuation."""
    if not previous.response_id or _constant(previous.fields) != _constant(fields):
        return None
    known, now = previous.fields.get("input"), fields.get("input")
    if not isinstance(known, list) or not isinstance(now, list):
        return None
    end = len(known) + len(previous.produced)
    if len(now) < end or now[: len(known)] != known:
        return None
    if not all(
        _within(item, made) for item, made in zip(now[len(known) : end], previous.produced, strict=True)
    ):
        return None
    return now[end:]


def _constant(fields: JsonObject) -> JsonObject:
    return {key: value for key, value in fields.items() if key not in _VARYING}


def _within(part: JsonValue, whole: JsonValue) -> bool:
    """Whether all that `part` says is said by `whole` too: histories leave out ids and what is unknown."""
    if isinstance(part, dict):
        return isinstance(whole, dict) and all(
            value == whole.get(key) or _within(value, whole.get(key)) for key, value in part.items()
        )
    if isinstance(part, list):
        return isinstance(whole, list) and len(part) == len(whole) and all(map(_within, part, whole))
    return part == whole
