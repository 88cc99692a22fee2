"""What one line of a rollout holds, and its bytes. The line itself is built in `rollout_writer`."""

import math
from typing import Final, NamedTuple

import orjson

from protocol.wire import JsonObject, JsonValue

SESSION_META: Final = "session_meta"
TURN_CONTEXT: Final = "turn_context"
RESPONSE_ITEM: Final = "response_item"
EVENT: Final = "event_msg"
COMPACTED: Final = "compacted"

LINE_TYPES: Final = frozenset({SESSION_META, TURN_CONTEXT, RESPONSE_ITEM, EVENT, COMPACTED})


class RolloutItem(NamedTuple):
    """One entry of a thread's log, before it has a time (persistence.md §2.2)."""

    type: str
    payload: JsonObject


class RolloutLine(NamedTuple):
    """One entry as it was read."""

    timestamp: str
    type: str
    payload: JsonObject


def encode_payload(payload: JsonObject) -> bytes:
    """Compact UTF-8 JSON. What JSON cannot carry is replaced, so that no item is ever lost to its content."""
    try:
        return orjson.dumps(payload)
    except TypeError:
        return orjson.dumps(_representable(payload))


def _representable(value: JsonValue) -> JsonValue:
    # orjson refuses lone surrogates and integers beyond 64 bits, and both can come from outside.
    if isinstance(value, str):
        return value.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace")
    if isinstance(value, bool) or value is None:
        return value
    if isinstance(value, int):
        return value if -(2**63) <= value < 2**64 else _as_float(value)
    if isinstance(value, float):
        return value
    if isinstance(value, list):
        return [_representable(item) for item in value]
    return {str(_representable(key)): _representable(item) for key, item in value.items()}


def _as_float(value: int) -> float | None:
    try:
        number = float(value)
    except OverflowError:
        return None
    return number if math.isfinite(number) else None
