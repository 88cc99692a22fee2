"""JSON from and to a model's provider, whatever is in it (promise W9).

orjson is fast and strict; what it refuses — lone surrogates, bytes that are no UTF-8, NaN — is done again
the slow way with U+FFFD, or null, in the place of what JSON cannot carry.
"""

import orjson

from protocol.wire import JsonValue


def loads(data: bytes) -> JsonValue:
    """The value, or None when it is no JSON at all."""
    try:
        return orjson.loads(data)
    except orjson.JSONDecodeError:
        return _slow_loads(data)


def dumps(value: JsonValue) -> bytes:
    """Compact JSON text in UTF-8. Raises ValueError for what is nested too deeply for any writer."""
    try:
        return orjson.dumps(value)
    except orjson.JSONEncodeError:
        return _slow_dumps(value)


def _slow_dumps(value: JsonValue) -> bytes:
    try:
        repaired = _repaired(value)
        try:
            return orjson.dumps(repaired)
        except orjson.JSONEncodeError:  # nested deeper than it writes
            import json

            return json.dumps(repaired, ensure_ascii=False, separators=(",", ":")).encode()
    except RecursionError:
        raise ValueError("nested too deeply") from None


def _slow_loads(data: bytes) -> JsonValue:
    import json  # only what orjson refuses needs it

    try:
        value: JsonValue = json.loads(data.decode("utf-8", "replace"), parse_constant=_nothing)
        return _repaired(value)
    except (ValueError, RecursionError):
        return None


def _nothing(_name: str) -> None:
    return None


def _repaired(value: JsonValue) -> JsonValue:
    match value:
        case str():
            return value.encode("utf-16", "surrogatepass").decode("utf-16", "replace")
        case list():
            return [_repaired(item) for item in value]
        case dict():
            return {str(_repaired(key)): _repaired(item) for key, item in value.items()}
        case int() if not isinstance(value, bool) and not -(2**63) <= value < 2**64:
            return _as_float(value)
        case float() if value != value or value in (float("inf"), float("-inf")):  # noqa: PLR0124  # NaN
            return None
        case _:
            return value


def _as_float(value: int) -> float | None:
    """What readers of JSON make of an integer beyond 64 bits."""
    try:
        return float(value)
    except OverflowError:
        return None
