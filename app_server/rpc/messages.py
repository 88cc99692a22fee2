"""What an incoming line is: request, notification, answer, or nothing we know (connection.md §1.2, §1.3)."""

from typing import NamedTuple, TypeGuard

import orjson

from protocol.jsonrpc import RequestId
from protocol.wire import JsonObject, JsonValue

_I64 = 1 << 63
_DEEPEST = 127
"""Containers in one another that the reference's parser still takes, counting the message itself."""

_ONCE_ONLY = (b'"id"', b'"method"', b'"params"', b'"trace"', b'"result"', b'"error"')


class Request(NamedTuple):
    """`size` is the length of its line, for bounds on what may wait."""

    request_id: RequestId
    method: str
    params: JsonValue
    size: int


class Notification(NamedTuple):
    """Clients have none with params that matter here."""

    method: str


class AnswerError(NamedTuple):
    """What the client says went wrong with a server request."""

    code: int
    message: str


class Answer(NamedTuple):
    """The client's answer to a server request: a result, or what its error says."""

    request_id: RequestId
    result: JsonValue
    error: AnswerError | None = None


class Unmatched(NamedTuple):
    """Parsed or not, it is no message. `why` goes to the log."""

    why: str


Message = Request | Notification | Answer | Unmatched


def parse(line: bytes) -> Message:
    """What the line is. Never raises: a bad line costs that line only."""
    try:
        value: JsonValue = orjson.loads(line)
    except orjson.JSONDecodeError as error:
        return Unmatched(f"not JSON: {error.msg}")
    if not isinstance(value, dict):
        return Unmatched("not an object")
    if line.count(b"{") + line.count(b"[") > _DEEPEST and _deeper_than(value, _DEEPEST):
        return Unmatched("nested too deeply")
    doubled = frozenset[str]()
    if any(line.count(key) > 1 for key in _ONCE_ONLY):
        doubled = _doubled_members(line)
    return _classify(value, doubled, len(line))


def _classify(value: JsonObject, doubled: frozenset[str], size: int) -> Message:
    request_id, method = None if "id" in doubled else value.get("id"), value.get("method")
    if isinstance(method, str) and not doubled & {"method", "params"}:
        if _is_request_id(request_id) and "trace" not in doubled and _is_trace(value.get("trace")):
            return Request(request_id, method, value.get("params"), size)
        return Notification(method)
    if not _is_request_id(request_id):
        return Unmatched("neither a request nor an answer")
    if "result" in value and "result" not in doubled:
        return Answer(request_id, value["result"])
    error = value.get("error")
    if isinstance(error, dict) and "error" not in doubled:
        code, message = error.get("code"), error.get("message")
        if _is_integer(code) and isinstance(message, str):
            return Answer(request_id, None, AnswerError(code, message))
    return Unmatched("neither a request nor an answer")


def _is_integer(value: JsonValue) -> TypeGuard[int]:
    return type(value) is int and -_I64 <= value < _I64


def _is_request_id(value: JsonValue) -> TypeGuard[RequestId]:
    return isinstance(value, str) or _is_integer(value)


def _is_trace(value: JsonValue) -> bool:
    """A W3C trace context: two optional texts. Other keys do not matter."""
    if value is None:
        return True
    return isinstance(value, dict) and all(
        isinstance(value.get(key), str | None) for key in ("traceparent", "tracestate")
    )


def _deeper_than(value: JsonValue, limit: int) -> bool:
    level: list[JsonValue] = [value]
    for _ in range(limit):
        level = [
            inner
            for outer in level
            for inner in (
                outer.values() if isinstance(outer, dict) else outer if isinstance(outer, list) else ()
            )
            if isinstance(inner, dict | list)
        ]
        if not level:
            return False
    return True


def _doubled_members(line: bytes) -> frozenset[str]:
    """The names that stand twice at the top level; the fast parser keeps only the last of them."""
    from json import loads

    top: list[tuple[str, object]] = []

    def keep(pairs: list[tuple[str, object]]) -> None:
        # Called for the innermost object first, so the last call is the message itself.
        top[:] = pairs

    loads(line, object_pairs_hook=keep)
    names = [name for name, _ in top]
    return frozenset(name for name in names if names.count(name) > 1)
